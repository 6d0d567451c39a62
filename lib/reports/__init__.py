"""Documents to take away: the report, reminder letters, slides, the workbook, the calendar of deadlines."""
