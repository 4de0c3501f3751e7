# Read the first sheet of every workbook of a directory: Rscript read.R DIR
suppressMessages(library(readxl))
cells <- 0
start <- Sys.time()
for (path in list.files(commandArgs(TRUE)[1], "\\.xlsx$", full.names = TRUE)) {
  cells <- cells + sum(!is.na(suppressMessages(read_excel(path, sheet = 1, col_names = FALSE, .name_repair = "minimal"))))
}
cat(sprintf("bench: %d cells %.3f s\n", cells, as.numeric(Sys.time() - start, units = "secs")))
