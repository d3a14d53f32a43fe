"""The course as an office runs it: cohorts, applications, timetable, attendance, decisions, certificates."""
