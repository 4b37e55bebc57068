## Script and sound

timing-panel = Script and sound
timing-need-recording = Upload a recording, and every sentence of the script can learn its second.
timing-need-script = Write a script or import a subtitle file, and it can be aligned with the recording.
timing-never = Script and recording have not been aligned yet.
timing-work-waiting = Waiting for its turn.
timing-work-aligning = Aligning the script with the recording.
timing-work-transcribing = Writing down the recording.
timing-work-cancelled = Stopped.
timing-work-failed = It could not be finished.
timing-work-failed-why = It could not be finished. { $why }
timing-work-retried = It has not worked yet. { $when }
timing-work-retried-why = It has not worked yet. { $why } { $when }
timing-work-aligned = The recording was searched for the sentences of the script.
align-found = { $sought ->
    [one] The sentence that was looked for was found in the recording.
   *[other] { $found } of { $sought } sentences that were looked for were found in the recording.
  }
align-found-none = No sentence of the script was found in the recording. The former times stay as they are.
align-all-known = Every sentence has its time already, so there was nothing to look for.
timing-work-transcribed = The recording is written down.
timing-reload = Reload
timing-verdict-doubtful = Script and recording differ in places. Please look at the unsure sentences.
timing-verdict-other = This recording does not seem to be a reading of this script, so nothing was aligned; the former times stay. Please check both.
timing-fact-sentences = { $count ->
    [one] 1 sentence
   *[other] { $count } sentences
  }
timing-fact-sure = { $count } sure
timing-fact-unsure = { $count } unsure
timing-fact-not-spoken = { $count } not spoken
timing-fact-unknown = { $count } unknown
timing-fact-gaps = { $count ->
    [one] 1 passage not in the script
   *[other] { $count } passages not in the script
  }
timing-align = Align script and recording
timing-anew = Align all of it anew
timing-anew-hint = Times that you set by hand stay as they are; the others stay until new ones are found.
timing-cancel = Stop
timing-go-on = Go on
timing-files = Download

## Import

timing-import = Import a subtitle file or text
timing-import-hint-script = The words of your script stay; the file’s times are carried over to its sentences.
timing-import-hint-none = There is no script yet, so what you import becomes the script.
timing-import-file = File
timing-import-kinds = VTT, SRT, SBV, SMI, LRC, TTML, Podcasting 2.0 JSON and HTML, Whisper JSON, TXT. At most { $max }.
timing-import-send = Import file
timing-import-text = Or paste its content
timing-import-paste = Import pasted text
timing-imported-script = The { $form } file became the script.
timing-imported-times = The times of the { $form } file were carried over.
timing-imported-counts = { $sentences ->
    [one] { $timed } of 1 sentence has a time.
   *[other] { $timed } of { $sentences } sentences have a time.
  }
timing-imported-by-hand = { $count ->
    [one] 1 sentence that you set by hand stayed as it was.
   *[other] { $count } sentences that you set by hand stayed as they were.
  }
import-early = There is no recording yet. The times are kept and will be laid on it once it is uploaded.
import-beyond = { $count ->
    [one] 1 sentence lies beyond the end of the recording; its time was left out.
   *[other] { $count } sentences lie beyond the end of the recording; their times were left out.
  }
error-import-long = The text is too long. A script may have { $most } characters.
error-import-no-times = This text has no times. There is a script already, so please choose a subtitle file that has them.

## Chapters

timing-chapters = Chapters
timing-chapters-own = Your own chapters.
timing-chapters-headings = Made from the headings of the script. Change and save them to make them your own.
timing-chapters-file = From the recording’s file. Change and save them to make them your own.
timing-chapters-nothing = No chapters. Two or more headings in a script that is aligned make them by themselves.
timing-chapters-none = You chose to have no chapters.
timing-chapters-save = Save chapters
timing-chapters-take-headings = Take from headings
timing-chapters-take-file = Take from file
timing-chapters-hint = Write the start as 12:34 or in seconds. Saved chapters are public at once. Remove all and save to have none.
timing-chapter-n = Chapter { $count }
timing-chapter-start = Start
timing-chapter-title = Title
timing-chapter-link = Link
timing-chapter-picture = Picture’s address
timing-chapter-more = Add chapter
error-chapters-many = There may be { $most } chapters at most.
error-chapters-no-headings = At least two headings need a sure time. One that is not read aloud takes that of the first sentence under it.
error-chapters-no-file = The recording’s file has no chapters.
error-chapter-start = Row { $row }: write the start as 12:34 or in seconds.
error-chapter-end = Row { $row }: the start ({ $start }) lies beyond the recording ({ $length }).
error-chapter-twice = Row { $row }: another chapter starts at { $start } too.
error-chapter-title = Row { $row }: a title is missing.
error-chapter-link = Row { $row }: this link can’t be used: { $link }. Write an address that begins with https://.
error-chapter-picture = Row { $row }: this address of a picture can’t be used: { $link }. Write an address that begins with https://.
