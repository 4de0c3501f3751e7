// Prints what exceljs finds in workbooks, a line of JSON each: by sheet, for each cell its value as a literal.
const { Workbook } = require("exceljs");

// Dates are those of the clock, without a zone.
function literal(value) {
  if (value === null || value === undefined || value === "") return "";
  if (value instanceof Date) return isNaN(value) ? "no date" : value.toISOString().slice(0, 19).replace("T00:00:00", "");
  if (typeof value !== "object") return JSON.stringify(value);
  if (value.richText) return literal(value.richText.map((run) => run.text).join(""));
  if (value.error) return value.error;
  if ("text" in value) return literal(value.text);
  return literal(value.result); // of a formula
}

async function found(file) {
  const book = new Workbook();
  await book.xlsx.readFile(file);
  const sheets = book.worksheets.map((sheet) => {
    const cells = {};
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const is = cell.master === cell ? literal(cell.value) : "";
        if (is) cells[cell.address] = [is];
      }),
    );
    return [sheet.name, cells];
  });
  return { sheets };
}

(async () => {
  for (const file of process.argv.slice(1)) console.log(JSON.stringify(await found(file).catch((wrong) => ({ refused: wrong.message }))));
})();
