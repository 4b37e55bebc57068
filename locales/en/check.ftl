# The check before publishing.
check-open = Check
check-heading = Check before publishing
check-back = Back to the editor
check-again = Check again
check-mend = Fix
check-all-well = Nothing is missing, and nothing looks odd.
check-must = Required
check-should = Recommended
check-know = Good to know
check-asked = { $count ->
    [one] The link of 1 reference was opened.
   *[other] The links of { $count } references were opened.
}
check-nothing = There is no script, no note and no recording. Please add at least one of them.
check-no-script = There is no script. With one, readers can read along, quote sentences, and find the piece by searching.
check-no-note = There is no note. Apps and search results show it as the description, so two or three lines are worth it.
check-no-cover = There is no cover, so a picture drawn from the title stands in. Please upload one in the show’s settings, or one for this post.
check-no-cover-alt = This post’s cover has no description. Please add a line for people who cannot see it.
check-reference-status = The address of the reference “{ $name }” answered with { $status }. Please check the address.
check-reference-refused = The site of the reference “{ $name }” turns programs away ({ $status }), so it could not be checked. Please open it in a browser once.
check-reference-silent = The address of the reference “{ $name }” did not answer in time. Please open it in a browser once.
check-rate = The recording’s sample rate is { $khz } kHz. At 44.1 or 48 kHz it plays well everywhere.
check-channels = The recording has { $channels } channels. Please export it in mono or stereo.
check-bitrate = The recording has { $kbps } kbps and may sound muffled. 64 kbps a channel or more is better.
check-being-timed = The script is being aligned with the recording. You can publish now; the result will appear by itself.
check-not-timed = The script is not aligned with the recording, so readers cannot click a sentence to hear it.
check-unsure = { $count ->
    [one] The time of 1 sentence is not sure. It can be checked on the timing page.
   *[other] The times of { $count } sentences are not sure. They can be checked on the timing page.
}
check-silent = Nothing can be heard in the recording.
check-quiet = The recording is quiet, at { $lufs } LUFS. Podcast apps expect about −16 LUFS.
check-loud = The recording is loud, at { $lufs } LUFS. Podcast apps expect about −16 LUFS.
check-clipped = The sound peaks at { $peak } dBFS, so it is clipped or may distort when played. Please keep it below −1 dBFS.
check-mono = Mono
check-stereo = Stereo
check-many-channels = { $count } channels
check-loudness = { $lufs } LUFS, peak { $peak } dBFS
check-stops = { $count ->
    [one] One thing stands in the way of publishing
   *[other] { $count } things stand in the way of publishing
}
check-looks = { $count ->
    [one] One thing is worth a look
   *[other] { $count } things are worth a look
}
check-with-links = Check with references’ links
sound-outline = How loud the recording is from beginning to end
sound-coming = Listening to the recording to measure how loud it is.
sound-ask = Measure how loud it is
