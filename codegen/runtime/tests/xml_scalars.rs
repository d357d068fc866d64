//! The forms in which values are understood, and the one in which they are written.

mod xml_support;

use tms_runtime::codegen::{Base64, Date, DateTime, Decimal, Patch, QName, Secret, Tokens, Xml};
use tms_runtime::xml;
use xml_support::{Color, reads, round, written};

#[test]
fn every_type_goes_there_and_back() {
    round(&[
        (String::new(), "<a/>"),
        (" x ".into(), "<a> x </a>"),
        ("a<b>&\"c\"'d'".into(), "<a>a&lt;b&gt;&amp;\"c\"'d'</a>"),
        ("1\n2\t3\r\n4".into(), "<a>1\n2\t3&#13;\n4</a>"),
        ("]]>".into(), "<a>]]&gt;</a>"),
        ("żółw 🐢 \u{fffd}\u{feff}".into(), "<a>żółw 🐢 \u{fffd}\u{feff}</a>"),
    ]);
    round(&[(true, "<a>true</a>"), (false, "<a>false</a>")]);
    round(&[(i32::MIN, "<a>-2147483648</a>"), (0, "<a>0</a>")]);
    round(&[(i64::MIN, "<a>-9223372036854775808</a>")]);
    round(&[(u64::MAX, "<a>18446744073709551615</a>")]);
    round(&[
        (f64::INFINITY, "<a>INF</a>"),
        (f64::NEG_INFINITY, "<a>-INF</a>"),
        (0.1, "<a>0.1</a>"),
        (1e300, "<a>1e300</a>"),
        (-0.0, "<a>-0.0</a>"),
    ]);
    round(&[(f32::INFINITY, "<a>INF</a>"), (f32::MIN, "<a>-3.4028235e38</a>")]);
    round(&[(Decimal::from(-7), "<a>-7</a>"), (decimal("12345678901234567890.123456789"), "<a>12345678901234567890.123456789</a>")]);
    round(&[(DateTime::from("2019-12-12T12:12:12.1234567+02:00"), "<a>2019-12-12T12:12:12.1234567+02:00</a>")]);
    round(&[(Date::from("2019-12-12"), "<a>2019-12-12</a>")]);
    round(&[(Base64(vec![0, 1, 2, 255]), "<a>AAEC/w==</a>")]);
    round(&[(Secret::from("p@ss & word"), "<a>p@ss &amp; word</a>")]);
    round(&[(Color::Red, "<a>red</a>"), (Color::Unknown(" green ".into()), "<a> green </a>")]);
    round(&[(Tokens(vec![1, 2, 3]), "<a>1 2 3</a>"), (Tokens(vec![]), "<a/>")]);
    round(&[(Tokens(vec![Color::Red, Color::Unknown("x&y".into())]), "<a>red x&amp;y</a>")]);
    round(&[(Patch::Value(1), "<a>1</a>"), (Patch::Null, r#"<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#)]);
    round(&[(Box::new(1), "<a>1</a>")]);
    round(&[(Xml::new("x<b/>y").expect("XML"), r#"<a>x<b xmlns=""/>y</a>"#), (Xml::from_text("<&>"), "<a>&lt;&amp;&gt;</a>")]);
    assert_eq!(written("a", &f64::NAN), r#"<a xmlns="urn:a">NaN</a>"#);
    assert!(xml::from_str::<f64>("<a>NaN</a>").expect("a number").is_nan());
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal number")
}

#[test]
fn numbers_in_every_form() {
    reads::<i32>(&[
        ("<a>17</a>", Ok(17)),
        ("<a>+17</a>", Ok(17)),
        ("<a>-017</a>", Ok(-17)),
        ("<a>\n 17\t</a>", Ok(17)),
        ("<a><!-- x -->1<?y?>7</a>", Ok(17)),
        ("<a><![CDATA[ 1]]>7 </a>", Ok(17)),
        ("<a>&#49;&#x37;</a>", Ok(17)),
        ("<a>1.0</a>", Err("a: expected integer of 32 bits (byte 3) at `1.0`")),
        ("<a>1 7</a>", Err("a: expected integer of 32 bits (byte 3) at `1 7`")),
        ("<a>2147483648</a>", Err("a: expected integer of 32 bits (byte 3) at `2147483648`")),
        ("<a>x</a>", Err("a: expected integer of 32 bits (byte 3) at `x`")),
        ("<a></a>", Err("a: expected integer of 32 bits, found nothing (byte 3)")),
        ("<a/>", Err("a: expected integer of 32 bits, found nothing (byte 4)")),
        ("<a><b/></a>", Err("a: expected text, found an element (byte 3)")),
    ]);
    reads::<f64>(&[
        ("<a>1</a>", Ok(1.0)),
        ("<a> +1.5E-3 </a>", Ok(0.0015)),
        ("<a>.5</a>", Ok(0.5)),
        ("<a>5.</a>", Ok(5.0)),
        ("<a>INF</a>", Ok(f64::INFINITY)),
        ("<a>-INF</a>", Ok(f64::NEG_INFINITY)),
        ("<a>inf</a>", Err("a: expected number (byte 3) at `inf`")),
        ("<a>nan</a>", Err("a: expected number (byte 3) at `nan`")),
        ("<a>1,5</a>", Err("a: expected number (byte 3) at `1,5`")),
    ]);
    reads::<Decimal>(&[
        ("<a> 1.50 </a>", Ok(decimal("1.50"))),
        ("<a>-.5</a>", Ok(decimal("-.5"))),
        ("<a>+1.</a>", Ok(decimal("+1."))),
        ("<a>79228162514264337593543950335</a>", Ok(decimal("79228162514264337593543950335"))),
        ("<a>1e3</a>", Err("a: expected decimal number (byte 3) at `1e3`")),
        ("<a>.</a>", Err("a: expected decimal number (byte 3) at `.`")),
        ("<a>INF</a>", Err("a: expected decimal number (byte 3) at `INF`")),
        ("<a>1.2.3</a>", Err("a: expected decimal number (byte 3) at `1.2.3`")),
    ]);
    assert_eq!(decimal("-12.5").as_f64(), -12.5);
    reads::<bool>(&[("<a>true</a>", Ok(true)), ("<a> 0 </a>", Ok(false)), ("<a>True</a>", Err("a: expected boolean (byte 3) at `True`"))]);
}

#[test]
fn texts_dates_and_bytes() {
    reads::<String>(&[
        ("<a>  </a>", Ok("  ".into())),
        ("<a>1<!-- 2 -->3<?x 4?>5<![CDATA[<6>&amp;]]>7&lt;&#x1F422;</a>", Ok("1357".replace("57", "5<6>&amp;7<🐢"))),
        ("<a>1\r\n2\r3&#13;4</a>", Ok("1\n2\n3\r4".into())),
        ("<a><![CDATA[\r\n]]></a>", Ok("\n".into())),
        ("<a x='1'>b</a >", Ok("b".into())),
        ("<?xml version='1.0' encoding='utf-16'?>\n<!-- x --><a>b</a>\n<?pi?> ", Ok("b".into())),
        ("\u{feff}<a>b</a>", Ok("b".into())),
        ("  <?xml version='1.0'?><a>b</a>", Ok("b".into())),
    ]);
    reads::<DateTime>(&[
        ("<a>\n0001-01-01T00:00:00 </a>", Ok(DateTime::from("0001-01-01T00:00:00"))),
        ("<a>2019-12-12T24:00:00</a>", Ok(DateTime::from("2019-12-12T24:00:00"))),
    ]);
    let written_as = |moment: DateTime| written("a", &moment);
    assert_eq!(written_as(DateTime::local(2019, 12, 12, 1, 2, 3).expect("a date")), r#"<a xmlns="urn:a">2019-12-12T01:02:03</a>"#);
    assert_eq!(written_as(DateTime::unix(0)), r#"<a xmlns="urn:a">1970-01-01T00:00:00Z</a>"#);
    assert_eq!(written_as(DateTime::from("when ready")), r#"<a xmlns="urn:a">when ready</a>"#);
    reads::<Base64>(&[
        ("<a> AAEC\r\n /w== </a>", Ok(Base64(vec![0, 1, 2, 255]))),
        ("<a>AAEC/w</a>", Ok(Base64(vec![0, 1, 2, 255]))),
        ("<a/>", Ok(Base64(vec![]))),
        ("<a>#</a>", Err("a: expected base64 text (byte 3) at `#`")),
    ]);
    reads::<Color>(&[
        ("<a> blue\n</a>", Ok(Color::Blue)),
        ("<a>Blue</a>", Ok(Color::Blue)),
        ("<a>BLUE</a>", Ok(Color::Unknown("BLUE".into()))),
    ]);
    reads::<Tokens<i32>>(&[
        ("<a>\n1\t2  3 </a>", Ok(vec![1, 2, 3].into())),
        ("<a>1 x 3</a>", Err("a: expected integer of 32 bits (byte 3) at `x`")),
    ]);
}

#[test]
fn what_cannot_be_written_is_an_error() {
    for (value, expected) in [
        ("a\0", "a: the text holds U+0000, which XML does not allow"),
        ("a\u{b}", "a: the text holds U+000B, which XML does not allow"),
        ("a long text that is no \u{ffff}", "a: the text holds U+FFFF, which XML does not allow"),
    ] {
        let error = xml::to_string(QName("urn:a", "a"), &value.to_owned()).expect_err("no XML");
        assert_eq!(error.to_string(), expected, "{value:?}");
    }
    for word in ["", "a b", "a\r"] {
        let error = xml::to_string(QName("", "a"), &Tokens(vec!["x".to_owned(), word.to_owned()])).expect_err("no word");
        assert_eq!(error.to_string(), "an entry of a list of words is empty or holds whitespace", "{word:?}");
    }
}

#[test]
fn secrets_are_remembered() {
    let mut writer = xml::Writer::within("urn:a").omitting_empty(true);
    writer.element(QName("urn:a", "Pass"), &Some(Secret::from("open & shut")));
    writer.element(QName("urn:a", "Pass"), &None::<Secret>);
    let written = writer.finish().expect("XML");
    assert_eq!(written.text, "<Pass>open &amp; shut</Pass>");
    assert_eq!(written.secrets, [Secret::from("open & shut")]);
}
