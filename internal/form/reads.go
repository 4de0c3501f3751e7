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
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if c := byAddress[v.Pointer()]; c != nil && v.Type() == reflect.TypeFor[*Column]() && !seen[c] {
				seen[c] = true
				named = append(named, c)
			}
		case reflect.Interface:
			walk(v.Elem())
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		}
	}
	walk(reflect.ValueOf(expression))
	return named
}
