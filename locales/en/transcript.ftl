transcript-too-large = The file is too large. A transcript may be { $mib } MiB at most.
transcript-empty = The file is empty. Please choose another one.
transcript-not-text = This is not a text file. Please choose a VTT, SRT, SBV, SMI, LRC, TTML, JSON, HTML or TXT file.
transcript-other-form = Files in the form of { $form } can’t be read. Please convert it to VTT, SRT, SBV, SMI, LRC, TTML, JSON, HTML or TXT.
transcript-broken-json = The JSON file could not be read: line { $line } is broken. Please download or export it again.
transcript-broken-entry = The JSON file could not be read: its entry { $line } is broken. Please download or export it again.
transcript-other-json = No spoken words were found in this JSON file. Please choose one in the form of Podcasting 2.0 or of Whisper.
transcript-chapters = This is a file of chapters. Please choose a file that holds the words spoken.
transcript-no-cues = No words with times were found in this file. Please choose another one.
transcript-too-many = There are too many subtitles. { $max } can be read at most.
transcript-no-times = The file holds no times. Since there is a script already, please choose a file with times: VTT, SRT or JSON.
transcript-other-text = The words in the file are too different from this script. Please check that they belong together.
transcript-warning-encoding = The file is not UTF-8; it was read as { $encoding }. If letters look wrong, please save it as UTF-8 and upload it again.
transcript-warning-letters = Line { $line } holds broken letters.
transcript-warning-signature = Line { $line }: something is glued to WEBVTT; the file was read as WebVTT all the same.
transcript-warning-json = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  } is not correct JSON; it was mended and read.
transcript-warning-no-times = No time in this file can be used, so the words alone were read.
transcript-warning-time = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  }: the time is unreadable, so this was left out.
transcript-warning-time-words = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  }: the time is unreadable, so the words alone were taken.
transcript-warning-end = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  }: the end is wrong, so it was guessed from the words.
transcript-warning-no-words = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  }: there are no words here, so this was left out.
transcript-warning-order = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  }: this starts before the one above it, so all were put in the order of time.
transcript-warning-counter = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  }: the number is missing or out of order; the file was read all the same.
transcript-warning-stray = { $unit ->
    [entry] Entry { $line }
   *[line] Line { $line }
  }: this text has no time, so it was left out.
transcript-warning-more = { $count ->
    [one] One more place was mended or left out.
   *[other] { $count } more places were mended or left out.
  }
