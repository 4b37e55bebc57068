# Versions of a post, two of them compared, corrections that readers are told of.
history-title = History
history-versions = All versions
history-all = See and compare all versions
history-to-editor = Back to the editor
history-none = No version has been kept yet. Save or publish, and they gather here.
history-from = Older version
history-to = Newer version
history-compare = Compare
history-now = What you are writing now
history-now-kind = Last saved
history-first = First version
history-size = Words +{ $added } −{ $removed }
history-size-none = Nothing changed
history-size-other = Same words
history-with-before = Compare with the one before
history-with-now = Compare with now
history-noted = Correction noted
history-kept = Every version that was public is kept, and the newest 50 that were only saved.
history-newer = Newer versions
history-older = Older versions
history-compare-title = Two versions compared
history-nothing = Both versions are the same.
history-legend-gone = Removed:
history-legend-new = Added:
history-legend-word = like this
history-unchanged = { $count ->
    [one] { $count } unchanged paragraph
   *[other] { $count } unchanged paragraphs
}
history-moved = Paragraph moved
history-spacing = Blank lines behind the paragraph changed
history-own-cover = Own cover ({ $name })
history-tied = at the sentence “{ $passage }”
history-alternate = Recording in another format

history-tell = Tell readers what was corrected
history-tell-hint = The date and the sentences that changed appear below the published text.
history-remark = Remark
history-remark-hint = Say why, if you like. It may stay empty.
history-told = Corrections readers are told of
history-told-hint = These notes stand below the published text.
history-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
history-remark-save = Change the remark
history-drop = Delete this note
history-tell-afterwards = Tell readers of this difference
history-tell-replaces = The newer version has a note already. This one takes its place.
history-tell-publish = Tell readers

error-correction-empty = No word changed. Write a remark, or publish without telling readers.
error-correction-versions = Choose two versions that were public, the older one first.

## What readers see

site-corrections = Corrections
site-corrected-on = Corrected on { $date }
site-correction-changes = What changed
site-change-title = Title
site-change-note = Note
site-change-reference = References
site-change-moved = Moved
