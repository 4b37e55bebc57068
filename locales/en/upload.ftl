upload-drop = Drop a recording here, or choose one
upload-kinds = MP3, M4A, Ogg/Opus, FLAC, WAV · up to { $max }
upload-send = Upload
upload-replace = Replace the recording
upload-remove = Remove the recording
upload-cancel = Cancel upload
upload-listen = Listen to the recording
upload-from-file = Found in the file
upload-use-title = Use as title: { $title }
upload-use-artwork = Use the file’s picture as cover
upload-chapters = { $count ->
    [one] The file has one chapter.
   *[other] The file has { $count } chapters.
}
upload-error-too-large = The file is too large. The limit is { $max }.
upload-error-empty = The file is empty.
upload-js-title = Use as title: %title
upload-js-chapters = Chapters in the file: %count
upload-js-progress = %done of %total · %rate/s · %left
upload-js-left-seconds = %count s left
upload-js-left-minutes = %count min left
upload-js-starting = Starting the upload…
upload-js-finishing = Checking the file…
upload-js-waiting = Connection lost. Going on in %seconds s.
upload-js-resume = An upload is unfinished: %name. Choose the same file to go on with it.
upload-js-cancelled = Upload cancelled.
upload-js-login = You are logged out. Log in in a new tab and come back to this one: the upload goes on where it was.
upload-js-failed = The upload failed. Please try again in a moment.
upload-js-one = One file at a time, please.
upload-js-done = The recording is uploaded.
upload-then = This goes on as soon as the recording is up. For the text alone, cancel the upload and press again.
