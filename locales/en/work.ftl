# Work in the background.
work-heading = Work in progress
work-none = No work is waiting.
work-align = Aligning script and recording
work-transcribe = Transcribing a recording
work-hear = Listening to a recording
work-collect = Clearing unused files away
work-other = Other work ({ $kind })
work-failed = Failed
work-retrying = Will be tried again
work-running = Running
work-waiting = Waiting
work-tried = { $count ->
    [one] Tried once; the next try is within { $minutes } min.
   *[other] Tried { $count } times; the next try is within { $minutes } min.
}
work-tried-soon = { $count ->
    [one] Tried once; the next try is soon.
   *[other] Tried { $count } times; the next try is soon.
}
work-again = Try again
