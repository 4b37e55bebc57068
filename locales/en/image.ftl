image-not-picture = Only JPEG, PNG and WebP pictures can be used. Please choose another one.
image-sides = This picture is { $width } pixels wide and { $height } high. Please choose one with { $least } to { $most } pixels on each side.
image-too-large = The file of this picture is too large. Please make it at most { $megabytes } MB.
image-too-heavy = Opening this picture takes too much memory or time. Please make it about { $pixels } pixels on a side.
image-broken = The picture could not be opened. It may be damaged: please save it again or choose another one.
image-not-now = Pictures cannot be opened right now. Please try again in a moment.
