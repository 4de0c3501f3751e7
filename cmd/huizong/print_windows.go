package main

import "io"

// into has both streams lead into a file: a service has none.
func (p *program) into(file io.Writer) { p.out, p.log = file, file }
