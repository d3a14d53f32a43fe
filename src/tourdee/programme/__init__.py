"""The course as an office runs it: programmes, cohorts, applications, timetable, attendance, decisions, certificates."""
