# Words inside feeds.
feed-references = References
feed-read-text = Read the text
feed-frequency-daily = Every day
feed-frequency-weekdays = Every weekday
feed-frequency-weekly = Every week
feed-frequency-biweekly = Every two weeks
feed-frequency-monthly = Every month
