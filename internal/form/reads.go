package form

import "reflect"

// Reads are the columns that an expression names, a statement, a quantity or a measure: each
// once, in the order in which it is written.
func Reads(expression any) []*Column {
	byAddress := map[uintptr]*Column{}
	for _, f := range registry {
		for _, c := range f.Columns {
			byAddress[reflect.ValueOf(c).Pointer()] = c
		}
	}
	var named []*Column
	seen := map[*Column]bool{}
	walk(reflect.ValueOf(expression), func(part reflect.Value) {
		if part.Type() != reflect.TypeFor[*Column]() {
			return
		}
		if c := byAddress[part.Pointer()]; c != nil && !seen[c] {
			seen[c] = true
			named = append(named, c)
		}
	})
	return named
}

// LooksBack is how many months back an expression looks at most; 0 where the month's own row is all that it reads.
func LooksBack(expression any) (months int) {
	walk(reflect.ValueOf(expression), func(part reflect.Value) {
		switch part.Type() {
		case reflect.TypeFor[before](), reflect.TypeFor[unchanged]():
			months = max(months, int(part.FieldByName("months").Int()))
		case reflect.TypeFor[moved]():
			months = max(months, 1)
		}
	})
	return months
}

// walk visits an expression and its parts, down to what it only points at.
func walk(v reflect.Value, visit func(part reflect.Value)) {
	if v.IsValid() {
		visit(v)
	}
	switch v.Kind() {
	case reflect.Interface:
		walk(v.Elem(), visit)
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	}
}
