package document

import (
	"bufio"
	"encoding/xml"
	"iter"
	"strconv"
)

// A node is an element of a part of the file. One without a name is nothing.
type node struct {
	name       string
	attributes []string // name, value, name, value …
	children   []node
	later      iter.Seq[node] // children after those, made while they are written; nil is none
	text       string
}

// tag is an element with attributes: name, value, name, value …
func tag(name string, attributes ...string) node {
	if len(attributes)%2 != 0 {
		panic("document: an attribute of " + name + " has no value")
	}
	return node{name: name, attributes: attributes}
}

// val is an element that has a value and nothing else.
func val(name, value string) node { return tag(name, "w:val", value) }

// when is the element where the condition holds, else nothing.
func when(condition bool, n node) node {
	if condition {
		return n
	}
	return node{}
}

// of is the element with children.
func (n node) of(children ...node) node {
	n.children = append(n.children[:len(n.children):len(n.children)], children...)
	return n
}

// ofEach is the element with children besides that are made while they are written, so that those of
// a long table are never all there.
func (n node) ofEach(children iter.Seq[node]) node {
	n.later = children
	return n
}

// saying is the element with a text.
func (n node) saying(text string) node {
	n.text = text
	return n
}

// file writes the element as the root of a part.
func (n node) file(b *bufio.Writer) {
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	n.write(b)
}

func (n node) write(b *bufio.Writer) {
	if n.name == "" {
		return
	}
	b.WriteString("<")
	b.WriteString(n.name)
	for i := 0; i < len(n.attributes); i += 2 {
		b.WriteString(" ")
		b.WriteString(n.attributes[i])
		b.WriteString(`="`)
		escape(b, n.attributes[i+1])
		b.WriteString(`"`)
	}
	if len(n.children) == 0 && n.later == nil && n.text == "" {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	escape(b, n.text)
	for _, child := range n.children {
		child.write(b)
	}
	if n.later != nil {
		for child := range n.later {
			child.write(b)
		}
	}
	b.WriteString("</")
	b.WriteString(n.name)
	b.WriteString(">")
}

func escape(b *bufio.Writer, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a Writer keeps its first error until it is flushed
}

func digits(n int) string { return strconv.Itoa(n) }
