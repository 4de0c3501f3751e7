// Prints what SheetJS shows of each sheet of a workbook, as JSON. Argument: FILE
const { readFile, utils } = require("xlsx");
const { SheetNames, Sheets } = readFile(process.argv[1]);
console.log(JSON.stringify(Object.fromEntries(SheetNames.map((name) => [name, utils.sheet_to_json(Sheets[name], { header: 1, raw: false, defval: "" })]))));
