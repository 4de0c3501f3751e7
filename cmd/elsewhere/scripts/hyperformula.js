// Prints what HyperFormula computes of each formula in workbooks, a line of JSON each: by sheet, for each cell its value as a
// literal. The cells are read with SheetJS. Names of cells are left out: it takes no Chinese ones, and no formula of ours
// needs them; TRUE and FALSE are names to it.
const { HyperFormula } = require("hyperformula");
const { readFile, utils } = require("xlsx");

// A cell as it would be typed: texts with an apostrophe, so that they stay texts.
function typed(cell) {
  if (cell.f) return "=" + cell.f;
  return cell.t === "s" ? "'" + cell.v : cell.v;
}

function literal(value) {
  if (value === null || value === "") return "";
  return typeof value === "object" ? value.value : JSON.stringify(value);
}

function computed(file) {
  const book = readFile(file);
  const rows = Object.fromEntries(
    book.SheetNames.map((name) => {
      const grid = [];
      for (const [at, cell] of Object.entries(book.Sheets[name])) {
        if (at.startsWith("!") || cell.v === undefined) continue;
        const { r, c } = utils.decode_cell(at);
        (grid[r] ??= [])[c] = typed(cell);
      }
      return [name, Array.from(grid, (row) => Array.from(row ?? [], (is) => is ?? null))];
    }),
  );
  const engine = HyperFormula.buildFromSheets(rows, { licenseKey: "gpl-v3" }, [
    { name: "TRUE", expression: "=TRUE()" },
    { name: "FALSE", expression: "=FALSE()" },
  ]);
  const sheets = book.SheetNames.map((name) => {
    const cells = {};
    for (const [at, cell] of Object.entries(book.Sheets[name])) {
      if (at.startsWith("!") || !cell.f) continue;
      const { r, c } = utils.decode_cell(at);
      cells[at] = [literal(engine.getCellValue({ sheet: engine.getSheetId(name), row: r, col: c }))];
    }
    return [name, cells];
  });
  engine.destroy();
  return { sheets };
}

for (const file of process.argv.slice(1)) console.log(JSON.stringify(computed(file)));
