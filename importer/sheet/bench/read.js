// Read the first sheet of every workbook of a directory: node read.js sheetjs|exceljs DIR
const fs = require('fs'), path = require('path');
const [side, directory] = process.argv.slice(2);
const library = require(side === 'sheetjs' ? 'xlsx' : 'exceljs');
(async () => {
  let cells = 0;
  const start = Date.now();
  for (const name of fs.readdirSync(directory).filter(name => name.endsWith('.xlsx')).sort()) {
    const file = path.join(directory, name);
    if (side === 'sheetjs') {
      const book = library.readFile(file, { dense: true });
      for (const row of library.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1, raw: true })) {
        cells += row.filter(value => value !== undefined && value !== null).length;
      }
    } else {
      const book = new library.Workbook();
      await book.xlsx.readFile(file);
      book.worksheets[0].eachRow(row => row.eachCell(() => cells++));
    }
  }
  console.log(`bench: ${cells} cells ${((Date.now() - start) / 1000).toFixed(3)} s`);
})();
