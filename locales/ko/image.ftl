image-not-picture = JPEG, PNG, WebP 그림만 쓸 수 있습니다. 다른 그림을 골라 주세요.
image-too-small = 그림이 너무 작습니다({ $width }×{ $height }픽셀). 짧은 쪽이 { $needed }픽셀 이상인 그림을 골라 주세요.
image-too-large = 그림이 너무 큽니다. { $megabytes }MB, { $megapixels }백만 화소 이하로 줄여서 올려 주세요.
image-broken = 그림을 열지 못했습니다. 파일이 손상되었을 수 있으니 다시 저장하거나 다른 그림을 골라 주세요.
