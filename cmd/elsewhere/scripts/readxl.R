# Prints what readxl finds in workbooks, a line of JSON each: by sheet, for each cell its value as a literal.
library(readxl)
library(jsonlite)

literal <- function(value) {
  if (length(value) == 0 || is.na(value)) return(NULL)
  if (inherits(value, "POSIXct")) return(sub("T00:00:00$", "", format(value, "%Y-%m-%dT%H:%M:%S", tz = "UTC")))
  if (is.numeric(value)) return(format(value, digits = 15, scientific = FALSE, trim = TRUE))
  as.character(toJSON(value, auto_unbox = TRUE))
}

letters_of <- function(column) {
  paste0(if (column > 26) letters_of((column - 1) %/% 26) else "", LETTERS[(column - 1) %% 26 + 1])
}

found <- function(file) {
  list(sheets = lapply(excel_sheets(file), function(name) {
    table <- read_excel(file, name, range = cell_limits(c(1, 1), c(NA, NA)), col_names = FALSE, col_types = "list", .name_repair = "minimal")
    cells <- list()
    for (column in seq_along(table)) {
      said <- lapply(table[[column]], literal)
      for (row in which(!vapply(said, is.null, TRUE))) cells[[paste0(letters_of(column), row)]] <- said[[row]]
    }
    list(unbox(name), if (length(cells)) cells else setNames(list(), character()))
  }))
}

for (file in commandArgs(trailingOnly = TRUE)) {
  said <- tryCatch(found(file), error = function(wrong) list(refused = unbox(conditionMessage(wrong))))
  cat(toJSON(said), "\n", sep = "")
}
