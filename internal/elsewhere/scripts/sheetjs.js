// Saves workbooks with SheetJS. Arguments: FORMAT FOLDER FILE …
const { readFile, writeFile } = require("xlsx");
const { join, parse } = require("path");
const [format, folder, ...files] = process.argv.slice(1);
const bookType = { xls: "biff8", xml: "xlml" }[format] ?? format;
const oneSheet = format === "csv" || format === "html";

for (const file of files) {
  const book = readFile(file);
  const to = join(folder, parse(file).name);
  if (!oneSheet) writeFile(book, `${to}.${format}`, { bookType });
  else for (const sheet of book.SheetNames) writeFile(book, `${to}-${sheet}.${format}`, { bookType, sheet });
}
