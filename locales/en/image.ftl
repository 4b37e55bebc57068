image-not-picture = Only JPEG, PNG and WebP pictures can be used. Please choose another one.
image-too-small = The picture is too small ({ $width } × { $height } pixels). Please choose one whose shorter side has at least { $needed } pixels.
image-too-large = The picture is too large. Please make it at most { $megabytes } MB and { $megapixels } megapixels.
image-broken = The picture could not be opened. It may be damaged: please save it again or choose another one.
