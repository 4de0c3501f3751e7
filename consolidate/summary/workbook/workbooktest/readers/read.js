// Prints what a library of npm finds in a workbook, as JSON. Arguments: LIBRARY FILE
const [library, file] = process.argv.slice(1);

// Where a name points: "'总览'!$A$5".
function place(reference) {
  const at = reference.lastIndexOf("!");
  return [reference.slice(0, at).replace(/^'|'$/g, ""), reference.slice(at + 1).replace(/\$/g, "")];
}

async function exceljs() {
  const book = new (require("exceljs").Workbook)();
  await book.xlsx.readFile(file);
  const names = {};
  for (const { name, ranges } of book.definedNames.model) {
    if (name.startsWith("_xlnm")) continue;
    const [sheet, cell] = place(ranges[0]);
    const value = book.getWorksheet(sheet).getCell(cell).value;
    names[name] = value !== null && typeof value === "object" ? (value.result ?? 0) : value; // it leaves out a result of 0
  }
  // links inside the workbook are not in its model
  return { sheets: book.worksheets.map((s) => s.name), names, links: -1 };
}

function xlsx() {
  const book = require("xlsx").readFile(file);
  const names = {};
  for (const { Name, Ref } of book.Workbook.Names) {
    if (Name.startsWith("_xlnm")) continue;
    const [sheet, cell] = place(Ref);
    names[Name] = book.Sheets[sheet][cell]?.v ?? null;
  }
  let links = 0;
  for (const sheet of Object.values(book.Sheets)) {
    for (const cell of Object.values(sheet)) if (cell?.l) links++;
  }
  return { sheets: book.SheetNames, names, links };
}

(async () => console.log(JSON.stringify(await { exceljs, xlsx }[library]())))();
