transcript-too-large = The file is too large. A transcript may be { $mib } MiB at most.
transcript-empty = The file is empty. Please choose another one.
transcript-not-text = This is not a text file. Please choose a VTT, SRT, JSON, HTML or TXT file.
transcript-broken-json = The JSON file could not be read: line { $line } is broken. Please download or export it again.
transcript-other-json = No spoken words were found in this JSON file. Please choose one in the form of Podcasting 2.0 or of Whisper.
transcript-chapters = This is a file of chapters. Please choose a file that holds the words spoken.
transcript-no-cues = No words with times were found in this file. Please choose another one.
transcript-too-many = There are too many subtitles. { $max } can be read at most.
