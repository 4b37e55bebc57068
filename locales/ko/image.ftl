image-not-picture = JPEG, PNG, WebP 그림만 쓸 수 있습니다. 다른 그림을 골라 주세요.
image-sides = 이 그림은 가로 { $width }, 세로 { $height }픽셀입니다. 한 변이 { $least }픽셀부터 { $most }픽셀까지인 그림을 올려 주세요.
image-too-large = 그림 파일이 너무 큽니다. { $megabytes }MB를 넘지 않게 줄여서 올려 주세요.
image-too-heavy = 이 그림은 여는 데 메모리나 시간이 너무 많이 듭니다. 한 변을 { $pixels }픽셀쯤으로 줄여서 올려 주세요.
image-broken = 그림을 열지 못했습니다. 파일이 손상되었을 수 있으니 다시 저장하거나 다른 그림을 골라 주세요.
image-not-now = 지금은 그림을 열 수 없습니다. 잠시 뒤에 다시 올려 주세요.
