//! The forms that go out.
use super::*;
use crate::formats::transcript::{names, to_html, to_json, to_srt, to_txt, to_vtt};

fn sample() -> Transcript {
    let mut sample = transcript(&[
        ("첫머리", None, at(0, 900)),
        (
            "오늘은 새로 나온 마이크를 써 봤는데, 소리가 생각보다 훨씬 또렷해서 놀랐습니다.",
            Some("김 앵커"),
            at(1000, 6000),
        ),
        (
            "적어만 두었습니다.",
            Some("김 앵커"),
            Times::NotSpoken(true),
        ),
        ("a --> b & <script>\0", Some("A>B"), at(6000, 6000)),
        ("시각을 모릅니다.", None, Times::Unknown),
    ]);
    sample.lines[0].is_heading = true;
    sample.lines[2].block = 1;
    sample
}

#[test]
fn vtt() {
    let [a, b, d] = [0, 1, 3].map(|n| names::number(&id(n)).unwrap_or_default());
    assert_eq!(
        to_vtt(&sample()),
        format!(
            "WEBVTT\n\n\
             {a}\n00:00:00.000 --> 00:00:00.900\n<c.heading>첫머리</c>\n\n\
             {b}\n00:00:01.000 --> 00:00:06.000\n<v 김 앵커>오늘은 새로 나온 마이크를 써 봤는데,\n\
             소리가 생각보다 훨씬 또렷해서 놀랐습니다.\n\n\
             {d}\n00:00:06.000 --> 00:00:06.001\n<v A&gt;B>a --&gt; b &amp; &lt;script&gt;\n"
        )
    );
    assert_eq!(to_vtt(&Transcript::default()), "WEBVTT\n");
}

#[test]
fn srt() {
    assert_eq!(
        to_srt(&sample()),
        "1\n00:00:00,000 --> 00:00:00,900\n첫머리\u{2060}\u{2060}\n\n\
         2\n00:00:01,000 --> 00:00:03,257\n김 앵커: \u{2060}오늘은 새로\n나온 마이크를 써 봤는데,\n\n\
         3\n00:00:03,257 --> 00:00:06,000\n소리가 생각보다 훨씬\n또렷해서 놀랐습니다.\u{2060}\n\n\
         4\n00:00:06,000 --> 00:00:06,001\nA>B: \u{2060}a --\u{2060}> b & <\u{2060}script>\u{2060}\n"
    );
}

#[test]
fn json() {
    let [a, b, d] = [id(0), id(1), id(3)];
    assert_eq!(
        to_json(&sample()),
        format!(
            "{{\"version\":\"1.0.0\",\"segments\":[\
             {{\"id\":\"{a}\",\"startTime\":0.0,\"endTime\":0.9,\"body\":\"첫머리\",\"heading\":true}},\
             {{\"id\":\"{b}\",\"speaker\":\"김 앵커\",\"startTime\":1.0,\"endTime\":6.0,\
             \"body\":\"오늘은 새로 나온 마이크를 써 봤는데, 소리가 생각보다 훨씬 또렷해서 놀랐습니다.\"}},\
             {{\"id\":\"{d}\",\"speaker\":\"A>B\",\"startTime\":6.0,\"endTime\":6.001,\
             \"body\":\"a --> b & <script>\"}}]}}"
        )
    );
}

#[test]
fn html() {
    let html = to_html(&sample());
    let ids = [0, 1, 2, 3, 4].map(|n| names::number(&id(n)).unwrap_or_default());
    let body = html
        .split_once("<body>\n")
        .map(|(_, body)| body)
        .unwrap_or_default();
    assert_eq!(
        body,
        format!(
            "<h1>여는 &lt;말&gt;</h1>\n<h2><!--{} 0 0.9-->첫머리</h2>\n\
             <cite>김 앵커:</cite>\n<time>00:00:01</time>\n\
             <p><!--{} 1 6-->오늘은 새로 나온 마이크를 써 봤는데, \
             소리가 생각보다 훨씬 또렷해서 놀랐습니다. <!--{}-->적어만 두었습니다.</p>\n\
             <cite>A&gt;B:</cite>\n<time>00:00:06</time>\n\
             <p><!--{} 6 6-->a --&gt; b &amp; &lt;script&gt;</p>\n\
             <div><!--{}-->시각을 모릅니다.</div>\n</body>\n</html>\n",
            ids[0], ids[1], ids[2], ids[3], ids[4]
        )
    );
}

#[test]
fn txt() {
    assert_eq!(
        to_txt(&sample()),
        "첫머리\n김 앵커: 오늘은 새로 나온 마이크를 써 봤는데, 소리가 생각보다 훨씬 또렷해서 놀랐습니다. \
         적어만 두었습니다.\nA>B: a --> b & <script>\n시각을 모릅니다.\n"
    );
}

#[test]
fn what_is_out_of_order_is_written_by_time() {
    let swapped = transcript(&[("나.", None, at(5000, 6000)), ("가.", None, at(1000, 2000))]);
    let vtt = to_vtt(&swapped);
    assert!(vtt.find("가.") < vtt.find("나."), "{vtt}");
    assert!(to_txt(&swapped).starts_with("나."));
}
