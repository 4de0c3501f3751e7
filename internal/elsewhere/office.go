package elsewhere

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Convert has LibreOffice save files in a folder, all in one process; to is in its own words, such as "xlsx" or
// "csv:Text - txt - csv (StarCalc):44,34,76,1". It ends well even where it could not open a file. ErrMissing if it is not installed.
func Convert(ctx context.Context, to, folder string, files ...string) error {
	profile, err := os.MkdirTemp("", "huizong-profile-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(profile)
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(profile)}
	_, err = run(ctx, "soffice", nil, append([]string{"-env:UserInstallation=" + address.String(), "--headless", "--norestore",
		"--convert-to", to, "--outdir", folder}, files...)...)
	return err
}

// fontsConf lets fonts with the digits of the Windows ones stand in for them: the
// standard font's digits decide how wide columns are.
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
	<alias binding="same"><family>宋体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
	<alias binding="same"><family>仿宋</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
	<alias binding="same"><family>楷体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
	<alias binding="same"><family>黑体</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
</fontconfig>
`

// Fonts writes settings into a folder by which fonts that are there stand in for those of Windows, and gives the path for FONTCONFIG_FILE.
func Fonts(folder string) (string, error) {
	path := filepath.Join(folder, "fonts.conf")
	return path, os.WriteFile(path, []byte(fontsConf), 0o600)
}

// sheetsAsShown are the words for each sheet of a workbook as a file, every cell as it is shown, in UTF-8.
const sheetsAsShown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"

func libreOfficeSave(ctx context.Context, format Format, folder string, files []string) error {
	to := string(format)
	if format == CSV {
		to = sheetsAsShown
	}
	return Convert(ctx, to, folder, files...)
}

// libreOfficeVersion is the second word of "LibreOffice 7.4.7.2 40(Build:2)".
func libreOfficeVersion(ctx context.Context) (string, error) {
	said, err := run(ctx, "soffice", nil, "--version")
	return word(said, 1), err
}

// gnumericTypes are Gnumeric's words for formats.
var gnumericTypes = map[Format]string{
	XLSX: "Gnumeric_Excel:xlsx2",
	XLS:  "Gnumeric_Excel:excel_biff8",
	ODS:  "Gnumeric_OpenCalc:odf",
	HTML: "Gnumeric_html:html40",
}

// gnumericSave starts ssconvert for each file: it takes no more.
func gnumericSave(ctx context.Context, format Format, folder string, files []string) error {
	for _, file := range files {
		to := filepath.Join(folder, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
		args := []string{"--recalc", "--export-type=" + gnumericTypes[format], file, to + "." + string(format)}
		if format == CSV {
			args = []string{"--recalc", "--export-file-per-sheet", "--export-type=Gnumeric_stf:stf_assistant",
				"--export-options=format=preserve", file, to + "-%s.csv"}
		}
		if _, err := run(ctx, "ssconvert", nil, args...); err != nil {
			return err
		}
	}
	return nil
}

// gnumericVersion is 1.12.55 of "ssconvert version '1.12.55'".
func gnumericVersion(ctx context.Context) (string, error) {
	said, err := run(ctx, "ssconvert", nil, "--version")
	_, quoted, _ := strings.Cut(said, "'")
	version, _, _ := strings.Cut(quoted, "'")
	return version, err
}

// Run runs a program that is neither, with arguments, and gives what it printed; ErrMissing if it is not installed.
func Run(ctx context.Context, program string, args ...string) (string, error) {
	return run(ctx, program, nil, args...)
}

// run runs a program in a locale that keeps Chinese names, with more of the environment, and gives what it printed.
func run(ctx context.Context, program string, environment []string, args ...string) (string, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return "", fmt.Errorf("%s: %w", program, ErrMissing)
	}
	command := exec.CommandContext(ctx, path, args...)
	command.Env = append(append(os.Environ(), "LC_ALL=C.UTF-8"), environment...)
	var wrong strings.Builder
	command.Stderr = &wrong
	printed, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", program, err, wrong.String())
	}
	return string(printed), nil
}

// word is one of the words of a text; blank if there are not so many.
func word(text string, index int) string {
	if words := strings.Fields(text); index < len(words) {
		return words[index]
	}
	return ""
}
