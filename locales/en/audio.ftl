audio-not-audio = This is not an audio file. Please choose a recording exported as MP3 or M4A.
audio-cut-off = The file is cut off or damaged. Please export it again, or upload the original once more.
audio-unsupported = Many browsers and apps cannot play { $format }. Please convert the recording to MP3 or M4A (AAC) and upload that.
audio-unsupported-video = This is a video. Please export its sound alone as MP3 or M4A and upload that.
audio-unsupported-protected = This file is copy-protected (DRM). Please upload the unprotected original recording.
audio-no-sound = There is no sound in this file. Please choose another one.
audio-unreadable = The file could not be read. Please try again in a moment.
audio-apple-warning = Apple Podcasts takes only MP3 and M4A (AAC). To be heard there, please convert the recording to one of them and upload that.
