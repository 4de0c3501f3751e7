package folder

import "os"

// A file that is open cannot be taken away here, nor renamed.

func use(*os.File) {}

// removeUnused takes a file away that no process uses.
func removeUnused(path string) { os.Remove(path) }

func (d *Draft) rename(path string) error {
	if err := d.Close(); err != nil {
		return err
	}
	return os.Rename(d.Name(), path)
}
