// Saves workbooks with exceljs. Arguments: FORMAT FOLDER FILE …
const { Workbook } = require("exceljs");
const { join, parse } = require("path");
const [format, folder, ...files] = process.argv.slice(1);

(async () => {
  for (const file of files) {
    const book = new Workbook();
    await book.xlsx.readFile(file);
    const to = join(folder, parse(file).name);
    if (format === "xlsx") {
      await book.xlsx.writeFile(to + ".xlsx");
      continue;
    }
    for (const { name } of book.worksheets) await book.csv.writeFile(`${to}-${name}.csv`, { sheetName: name });
  }
})();
