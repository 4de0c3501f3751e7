package main

// words say what a difference means to who opens the file. Those of no trait are for all of a program's act that have none of
// their own.
var words = map[Key]string{
	{"LibreOffice", reads, paragraphs, lost}:       "the imprint at the end, a table that floats",
	{"LibreOffice", saves, pageLines, lost}:        "the page number that is stored in its field is another one",
	{"LibreOffice", calculates, shown, changed}:    "in departments' own cells, short dates are as the system has them and long numbers have more digits",
	{"LibreOffice", saves, shown, changed}:         "the same, in what is saved",
	{"LibreOffice", saves, frozen, lost}:           "saved without a window, as here, no views of sheets are kept; headers do not stay while one scrolls",
	{"LibreOffice", saves, fonts, changed}:         "where a font has no Chinese characters, the name of one that has is written",
	{"LibreOffice", saves, borders, changed}:       "in departments' own sheets, some cells have a line less on one side",
	{"Gnumeric", calculates, results, changed}:     "a sentence about an amount half way between two of the last digit says the lower one, as the cell does",
	{"Gnumeric", calculates, shown, changed}:       "5.415 亿元, half way, is shown as 5.41; in departments' own cells, short dates are as the system has them",
	{"Gnumeric", saves, shown, changed}:            "sentences that were calculated with the lower digit are stored so",
	{"Gnumeric", saves, borders, changed}:          "left and right lines are written as start and end, which not every program takes for left and right",
	{"Gnumeric", saves, conditional, lost}:         "templates mark with fewer colours what is missing or wrong; the column 〔检查〕 says it still",
	{"Gnumeric", saves, hiddenSheets, lost}:        "the lists to choose from, and what tells the program which template it is, come to sight",
	{"Gnumeric", saves, printTitles, lost}:         "headers are printed on the first page alone",
	{"Gnumeric", saves, names, more}:               "what was print titles and filters stands among the names, without the sign that makes them so",
	{"Gnumeric", saves, pageLines, changed}:        "the letters' size is lost",
	{"Gnumeric", saves, fonts, changed}:            "sheets without a font of their own: lists to choose from, and some of departments' own",
	{"Gnumeric", saves, rowHeights, lost}:          "the thin empty row over the first page",
	{"SheetJS", reads, shown, changed}:             "2.005 亿元, half way, is shown as 2.00; in departments' own cells, short dates are as in America",
	{"SheetJS", saves, "", ""}:                     "the free library writes no looks, no checks, no protection and little of printing",
	{"SheetJS", saves, values, changed}:            "days become numbers, since their format is lost",
	{"SheetJS", saves, shown, changed}:             "formats of numbers are lost",
	{"exceljs", reads, opened, refused}:            "returns of the sample whose properties have no prefix; those that Excel and WPS save have one",
	{"exceljs", reads, results, lost}:              "it gives no result where that is 0 or no text",
	{"exceljs", saves, charts, lost}:               "charts are dropped",
	{"exceljs", saves, links, lost}:                "links within the workbook are dropped",
	{"exceljs", saves, fonts, changed}:             "sizes are cut to whole points: 10.5 is 10",
	{"exceljs", saves, fitted, lost}:               "a sheet with a coloured tab is no longer fitted to its pages",
	{"exceljs", saves, columnWidths, lost}:         "a width of 9, which is its default",
	{"exceljs", saves, validations, more}:          "lists are written once more for parts of their cells",
	{"openpyxl", saves, results, lost}:             "formulas have no result until a program calculates them: until then viewers and readers find nothing",
	{"openpyxl", saves, shown, lost}:               "the same",
	{"pandas", saves, "", ""}:                      "a table of values is all that it keeps",
	{"pandas", saves, values, more}:                "blanks in the first row, which it takes for the heading, get names",
	{"pandas", saves, fonts, changed}:              "the first row, bold",
	{"pandas", saves, formulas, lost}:              "formulas become what they came to",
	{"pandas", saves, results, lost}:               "formulas become what they came to",
	{"readxl", reads, values, changed}:             "blanks at the ends of texts are cut",
	{"HyperFormula", calculates, results, changed}: "it knows no RANK, no quotes within texts, and in TEXT no thousands, percent or three sections",
	{"xlsx2csv", reads, shown, changed}:            "numbers are printed as they are stored, not as they are shown",
	{"docx2txt", reads, paragraphs, lost}:          "quotation marks “ ” are written \"",
	{"pandoc", reads, paragraphs, lost}:            "the title is taken for what the document is called; --standalone prints it",
}

// inWords is what a difference means; blank where nobody has looked at it yet.
func inWords(key Key) string {
	if said := words[key]; said != "" {
		return said
	}
	return words[Key{Program: key.Program, Act: key.Act}]
}
