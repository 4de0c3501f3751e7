// Prints what SheetJS shows of each sheet of a workbook, as JSON. Usage: node shown.js FILE
const { readFile, utils } = require("xlsx");
const { SheetNames, Sheets } = readFile(process.argv[2]);
console.log(JSON.stringify(Object.fromEntries(SheetNames.map((name) => [name, utils.sheet_to_json(Sheets[name], { header: 1, raw: false, defval: "" })]))));
