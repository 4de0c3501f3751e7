// Prints what SheetJS finds in workbooks, a line of JSON each: by sheet, for each cell its value as a literal and what is shown.
const { readFile } = require("xlsx");
const literal = ({ t, v, w }) => (t === "e" ? w : JSON.stringify(v));
// Dates are numbers with a format.
const dated = /[yd]/i;
const day = (serial) => new Date(Math.round((serial - 25569) * 86400) * 1000).toISOString().slice(0, 19).replace("T00:00:00", "");

function found(file) {
  const book = readFile(file, { cellNF: true });
  const sheets = book.SheetNames.map((name) => {
    const cells = {};
    for (const [at, cell] of Object.entries(book.Sheets[name])) {
      if (at.startsWith("!") || cell.v === undefined || cell.v === "") continue;
      const isDate = cell.t === "n" && dated.test((cell.z ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\.|General/g, ""));
      cells[at] = [isDate ? day(cell.v) : literal(cell), cell.w ?? String(cell.v)];
    }
    return [name, cells];
  });
  return { sheets };
}

for (const file of process.argv.slice(1)) {
  let said;
  try {
    said = found(file);
  } catch (wrong) {
    said = { refused: wrong.message };
  }
  console.log(JSON.stringify(said));
}
