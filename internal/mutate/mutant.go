package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A mutant is one small change of one file.
type mutant struct {
	kind     string
	file     string
	line     int
	in       string // the function, or the variable of the package
	from, to string
	change   span  // of the file's bytes: from
	whole    span  // the expression or statement that it changes
	body     *body // of the function it is in; nil outside functions
}

// A span is from one byte of a file up to another.
type span struct{ start, end int }

// A body is what stands between the braces of a function; results are its results as they are
// declared, blank if it has none.
type body struct {
	span
	results string
}

// String says what was changed and where, as a list of judged mutants has it: lines move, so the
// line is no part of it.
func (m *mutant) String() string {
	return m.kind + " " + filepath.ToSlash(m.file) + " " + m.in + " [" + brief(m.from) + " -> " + brief(m.to) + "]"
}

func brief(code string) string {
	code = strings.Join(strings.Fields(code), " ")
	if runes := []rune(code); len(runes) > 120 {
		return string(runes[:120]) + "…"
	}
	return code
}

// Operators and names, and what is put instead of them.
var (
	arithmetic = map[string]string{"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "++": "--", "--": "++"}
	comparison = map[string]string{"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">"}
	logic      = map[string]string{"&&": "||", "||": "&&"}
	booleans   = map[string]string{"true": "false", "false": "true"}
	effects    = map[string]string{"RejectFile": "RejectReturn", "RejectReturn": "RejectRow", "RejectRow": "HoldField", "HoldField": "AcceptExplained",
		"AcceptExplained": "Accept", "Accept": "AcceptExplained"}
	names = map[string]string{"AtLeast": "MoreThan", "MoreThan": "AtLeast", "AtMost": "AtLeast", "Both": "Either", "Either": "Both",
		"SumOf": "SumOfStated", "SumOfStated": "SumOf", "NotBack": "StepByStep", "StepByStep": "NotBack", "Minus": "Per",
		"PeriodStart": "PeriodEnd", "PeriodEnd": "PeriodStart", "min": "max", "max": "min", "Min": "Max", "Max": "Min", "MinFunc": "MaxFunc", "MaxFunc": "MinFunc",
		"HasPrefix": "HasSuffix", "HasSuffix": "HasPrefix", "First": "Last", "Last": "First", "Required": "Optional", "Optional": "Required",
		"Index": "LastIndex", "LastIndex": "Index", "Passes": "Fails", "Fails": "Passes"}
)

// commutative are calls that say the same whichever argument is first.
var commutative = []string{"max", "min", "Add", "Mul", "Both", "Either", "SumOf", "SumOfStated", "Equal", "Stated",
	"Crossed", "Shared", "Parted", "likeness", "slipped", "opposed", "subjectsApart", "headsApart", "tellApart", "alike", "nearly"}

// mutants are all those of a file.
func mutants(path string) ([]*mutant, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	f := &finder{path: path, source: source, file: files.File(parsed.Pos()), skip: map[ast.Node]bool{}}
	for _, declared := range parsed.Decls {
		switch d := declared.(type) {
		case *ast.FuncDecl:
			f.in = d.Name.Name
			if d.Body != nil {
				f.function(d.Body, d.Type)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, is := spec.(*ast.ValueSpec); is && d.Tok == token.VAR {
					f.in = v.Names[0].Name
					for _, value := range v.Values {
						ast.Inspect(value, f.visit)
					}
				}
			}
		}
	}
	return f.found, nil
}

type finder struct {
	path   string
	source []byte
	file   *token.File
	in     string
	body   *body
	skip   map[ast.Node]bool // what is no place for a change
	found  []*mutant
}

func (f *finder) span(from, until token.Pos) span {
	return span{f.file.Offset(from), f.file.Offset(until)}
}
func (f *finder) of(n ast.Node) span     { return f.span(n.Pos(), n.End()) }
func (f *finder) text(n ast.Node) string { return string(f.source[f.of(n).start:f.of(n).end]) }

// function visits a function; one within another belongs to the outermost.
func (f *finder) function(block *ast.BlockStmt, signature *ast.FuncType) {
	f.body = &body{span: f.span(block.Lbrace+1, block.Rbrace)}
	if signature.Results != nil {
		f.body.results = f.text(signature.Results)
	}
	ast.Inspect(block, f.visit)
	f.body = nil
}

// add finds a change from what stands in a span, which is all or a part of a node.
func (f *finder) add(kind string, change span, whole ast.Node, to string) {
	f.found = append(f.found, &mutant{kind, f.path, f.file.Line(f.file.Pos(change.start)), f.in,
		string(f.source[change.start:change.end]), to, change, f.of(whole), f.body})
}

func (f *finder) replace(kind string, n ast.Node, to string) { f.add(kind, f.of(n), n, to) }

// word changes an operator or a name that has another to stand for it.
func (f *finder) word(kind string, at token.Pos, word string, others map[string]string, whole ast.Node) {
	if to, is := others[word]; is {
		f.add(kind, f.span(at, at+token.Pos(len(word))), whole, to)
	}
}

// visit finds the changes that begin at a node.
func (f *finder) visit(n ast.Node) bool {
	if f.skip[n] {
		return true
	}
	switch n := n.(type) {
	case *ast.FuncLit:
		if f.body == nil {
			f.function(n.Body, n.Type)
			return false
		}
	case *ast.BinaryExpr:
		f.word("arith", n.OpPos, n.Op.String(), arithmetic, n)
		f.word("compare", n.OpPos, n.Op.String(), comparison, n)
		f.word("logic", n.OpPos, n.Op.String(), logic, n)
	case *ast.AssignStmt:
		f.word("arith", n.TokPos, n.Tok.String(), arithmetic, n)
	case *ast.IncDecStmt:
		f.word("arith", n.TokPos, n.Tok.String(), arithmetic, n)
	case *ast.ForStmt: // a loop that runs the wrong way never ends, which says nothing
		f.skip[n.Post] = true
	case *ast.BasicLit:
		if n.Kind == token.INT {
			f.replace("constant", n, "("+n.Value+" + 1)")
		}
	case *ast.KeyValueExpr:
		f.skip[n.Key] = true
	case *ast.ArrayType: // its length is a constant
		f.skip[n.Len] = true
	case *ast.SelectorExpr: // a name of another package is found with the package
		f.word("effect", n.Sel.Pos(), n.Sel.Name, effects, n)
		f.word("rename", n.Sel.Pos(), n.Sel.Name, names, n)
		f.skip[n.Sel] = true
	case *ast.Ident:
		f.word("bool", n.Pos(), n.Name, booleans, n)
		f.word("effect", n.Pos(), n.Name, effects, n)
		f.word("rename", n.Pos(), n.Name, names, n)
	case *ast.IfStmt:
		f.replace("negate", n.Cond, "!("+f.text(n.Cond)+")")
		if leaves(n) {
			f.replace("guard", n.Cond, "false && ("+f.text(n.Cond)+")")
		}
	case *ast.SwitchStmt:
		f.cases(n)
	case *ast.ExprStmt:
		if call, is := n.X.(*ast.CallExpr); is {
			f.replace("dropcall", call, "")
		}
	case *ast.CallExpr:
		f.call(n)
	case *ast.CompositeLit:
		f.rules(n)
	}
	return true
}

// leaves holds of a condition upon which the rest is not done.
func leaves(n *ast.IfStmt) bool {
	if n.Else != nil || len(n.Body.List) == 0 {
		return false
	}
	switch n.Body.List[len(n.Body.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// cases turns the conditions of a switch that has no value.
func (f *finder) cases(n *ast.SwitchStmt) {
	for _, clause := range n.Body.List {
		for _, condition := range clause.(*ast.CaseClause).List {
			if n.Tag == nil {
				f.replace("case", condition, "!("+f.text(condition)+")")
			}
		}
	}
}

// call leaves out what is appended, or swaps the first two arguments. Words that stand for
// themselves are left alone: nobody tests the words of messages.
func (f *finder) call(n *ast.CallExpr) {
	called := f.text(n.Fun)
	switch {
	case called == "append":
		f.replace("dropappend", n, "("+f.text(n.Args[0])+")")
	case called == "make" || slices.Contains(commutative, called[strings.LastIndex(called, ".")+1:]) || len(n.Args) < 2 ||
		f.text(n.Args[0]) == f.text(n.Args[1]) || isLiteral(n.Args[0]) && isLiteral(n.Args[1]):
	default:
		f.add("swap", f.span(n.Args[0].Pos(), n.Args[1].End()), n, f.text(n.Args[1])+", "+f.text(n.Args[0]))
	}
}

func isLiteral(n ast.Expr) bool {
	_, is := n.(*ast.BasicLit)
	return is
}

// rules leaves out one entry of a list of rules.
func (f *finder) rules(n *ast.CompositeLit) {
	if list, is := n.Type.(*ast.ArrayType); !is || f.text(list.Elt) != "Rule" {
		return
	}
	for i, entry := range n.Elts {
		until := n.Rbrace
		if i+1 < len(n.Elts) {
			until = n.Elts[i+1].Pos()
		}
		f.add("droprule", f.span(entry.Pos(), until), n, "")
	}
}
