# The page on which the times of sentences are mended by hand

mending-back = To the editor
mending-heading = Mend the times
mending-link = Mend the times by hand
mending-audio = Listen to the recording
mending-differs = These are the sentences of version { $revision }. What you wrote since appears here once you save it as a version; sentences that stay as they are keep their times.
mending-no-revision = Nothing was saved as a version yet. Press Save in the editor, and the sentences appear here.
mending-no-recording = There is no recording yet. Upload one in the editor and save, and its times can be mended here.
mending-no-sentences = The script is empty, so there are no sentences to mend.

mending-sound = Recording
mending-whole = The whole recording. A press goes there.
mending-detail = The sound around the playhead with its sentences. Their ends can be dragged; the list and the keys do the same.
mending-play = Play
mending-pause = Pause
mending-skip = Skip
mending-back-3 = Back 3 seconds
mending-forward-3 = Forward 3 seconds
mending-tap = Starts now
mending-speed = Speed
mending-zoom = Zoom
mending-zoom-in = Closer
mending-zoom-out = Wider
mending-hearing = The recording is still being listened to, so its shape cannot be shown yet. Times can be mended already.
mending-unheard = The shape of the sound appears once the script was aligned in the editor. Times can be mended already.
mending-broken = This browser cannot play the recording. Please see whether its file is in place.

mending-sentences = Sentences
mending-sentence = Sentence
mending-follow = Follow the sound
mending-start = Start
mending-end = End
mending-origin = From
mending-origin-measured = Measured
mending-origin-imported = Imported
mending-origin-inferred = Estimated
mending-origin-hand = By hand
mending-origin-silent = Not spoken
mending-origin-unknown = No time

mending-split-hint = Press the word that begins the second sentence. If the playhead is inside this sentence, that is where they part.
mending-start-earlier = Start 0.1 s earlier
mending-start-later = Start 0.1 s later
mending-start-here = Start at the playhead (S)
mending-end-earlier = End 0.1 s earlier
mending-end-later = End 0.1 s later
mending-end-here = End at the playhead (E)
mending-from = From here
mending-only = Only this
mending-split = Split
mending-join = Join with next
mending-not-spoken = Not spoken
mending-free = Give back
mending-fix = Fix as it is
mending-realign = Realign between fixed
mending-progress = Progress
mending-ask = Align every sentence again?
mending-ask-text = No sentence is fixed by hand, so all %count sentences are looked for in the recording again. The times stay as they are until it is done, and then change all at once. Undo brings them back.
mending-ask-yes = Align all again
mending-ask-no = Leave as it is

mending-state = Saving and undo
mending-close = Close
mending-undo = Undo
mending-redo = Redo
mending-hand = By hand
mending-next-unsure = Next to check

mending-keys = Keys
mending-keys-on = Use keys
mending-key-toggle = Play / pause
mending-key-tap = The next sentence starts now
mending-key-from = Play from the chosen sentence
mending-key-only = Play only the chosen sentence
mending-key-move = Previous / next sentence
mending-key-here = Choose the sentence being heard
mending-key-skip = Back / forward 3 s (Shift: 15 s)
mending-key-start = Start 0.1 s earlier / later (Shift: 0.01 s)
mending-key-end = End 0.1 s earlier / later (Shift: 0.01 s)
mending-key-set = Start / end at the playhead
mending-key-split = Split
mending-key-join = Join with the next sentence
mending-key-silent = Mark / unmark as not spoken
mending-key-fix = Fix as it is / give back to the machine
mending-key-realign = Realign between fixed sentences
mending-key-unsure = Next to check (Shift: previous)
mending-key-speed = Slower / faster
mending-key-zoom = Closer (Shift: wider)
mending-key-undo = Undo / redo
mending-reaction = Hearing and pressing takes a moment: the start is noted 0.12 s before the press, in proportion to the speed.

mending-plain-hint = Write times as minutes and seconds, such as 1:02.5. Only the lines that you change become yours, and no machine moves them after that.
mending-anew = Save and align every sentence again
mending-anew-hint = Every sentence but those that you set by hand is looked for in the recording again. The times stay as they are until it is done.
mending-earlier = Earlier sentences
mending-later = Later sentences

mending-work-waiting = Waiting to align the script with the recording
mending-work-running = Aligning the script with the recording ({ $percent }%)
mending-work-cancelled = Aligning was stopped.
mending-work-failed = The script could not be aligned.

mending-error-order = An end cannot be before its start.
mending-error-length = Times cannot be beyond the length of the recording ({ $length }).
mending-error-time = Write start and end together, as minutes and seconds, such as 1:02.5.
mending-error-text = The sentences of the script changed meanwhile. Load the page again.
mending-error-fixed = There is no sentence between the two fixed places that could be aligned again.

## What scripts say. Words that begin with % are replaced by values.

mending-js-ready = Changes are saved as you go
mending-js-fetched = Fetched the times that changed
mending-js-kept = Saving what was left in this browser (changes: %count).
mending-js-retry = Connection lost, not saved. Trying again in %seconds s. Your times are kept in this browser.
mending-js-login = You are logged out, so this was not saved. Your times are kept in this browser.
mending-js-merged = Times that changed elsewhere meanwhile were fetched; the sentences you changed here stay as you set them.
mending-js-merged-lost = The script changed meanwhile. Sentences that you changed here and that are gone: %count.
mending-js-aligning = Aligning between the fixed sentences. The times stay as they are until it is done.
mending-js-nothing-between = There is no sentence between the two fixed places that could be aligned again.
mending-js-last = This is the last sentence.
mending-js-all-sure = There is nothing left to check.
mending-js-play-from = Play from %time
mending-js-play-never = No time yet, cannot be played
mending-js-play-gap = Play the speech at %time that the script does not have
mending-js-gap = Speech not in the script, %seconds s
mending-js-unsure = to check, %percent%
mending-js-place = Sentence %n / %count
mending-js-seconds = %seconds s
