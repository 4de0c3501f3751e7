package main

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Parts are those of a workbook or a document, by their names.
type parts struct{ *zip.ReadCloser }

// decode reads a part; one that is not there leaves what it would be read into as it is.
func (p parts) decode(name string, into any) error {
	part, err := p.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer part.Close()
	if err := xml.NewDecoder(part).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// relations are the parts that a part refers to, by their keys, and by the last words of their types.
func (p parts) relations(name string) (byID, byType map[string]string, err error) {
	folder, base := path.Split(name)
	var list struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := p.decode(folder+"_rels/"+base+".rels", &list); err != nil {
		return nil, nil, err
	}
	byID, byType = map[string]string{}, map[string]string{}
	for _, r := range list.All {
		target := path.Join(folder, r.Target)
		if strings.HasPrefix(r.Target, "/") {
			target = r.Target[1:]
		}
		byID[r.ID], byType[path.Base(r.Type)] = target, target
	}
	return byID, byType, nil
}

// A yes is a truth value as it may be written.
type yes string

func (y yes) is() bool { return y == "1" || y == "true" }
