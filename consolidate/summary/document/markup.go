package document

import (
	"bytes"
	"encoding/xml"
	"strconv"
)

// A node is an element of a part of the file. One without a name is nothing.
type node struct {
	name       string
	attributes []string // name, value, name, value …
	children   []node
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

// saying is the element with a text.
func (n node) saying(text string) node {
	n.text = text
	return n
}

// file is the element as the root of a part.
func (n node) file() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	n.write(&b)
	return b.Bytes()
}

func (n node) write(b *bytes.Buffer) {
	if n.name == "" {
		return
	}
	b.WriteString("<" + n.name)
	for i := 0; i < len(n.attributes); i += 2 {
		b.WriteString(" " + n.attributes[i] + `="`)
		escape(b, n.attributes[i+1])
		b.WriteString(`"`)
	}
	if len(n.children) == 0 && n.text == "" {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	escape(b, n.text)
	for _, child := range n.children {
		child.write(b)
	}
	b.WriteString("</" + n.name + ">")
}

func escape(b *bytes.Buffer, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a Buffer does not fail
}

func digits(n int) string { return strconv.Itoa(n) }
