//! The forms in which numbers, texts, bytes, dates and lists are understood.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tms_runtime::json::{self, Base64, FromJson, JsonError, Number, Object, ToJson, Value};
use tms_runtime::{Date, DateTime, Secret};

fn reads<T: FromJson + Debug + PartialEq>(cases: &[(&str, Option<T>)]) {
    for (text, expected) in cases {
        let read = json::from_str::<T>(text);
        assert!(read.as_ref().err().is_none_or(JsonError::is_data), "{text}: {read:?}");
        assert_eq!(&read.ok(), expected, "{text}");
    }
}

#[test]
fn whole_numbers_in_every_form() {
    reads::<i64>(&[
        ("17", Some(17)),
        ("-17", Some(-17)),
        ("17.0", Some(17)),
        ("17.000", Some(17)),
        ("1.7e1", Some(17)),
        ("170E-1", Some(17)),
        ("-0", Some(0)),
        ("-0.0e9", Some(0)),
        ("0e99999999999999999999", Some(0)),
        ("\"17\"", Some(17)),
        ("\"-17\"", Some(-17)),
        ("\"\\u0031\"", Some(1)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775807.0", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775808", None),
        ("1e19", None),
        ("1e999999999999", None),
        ("1e99999999999999999999", None),
        ("1e-99999999999999999999", None),
        ("17.5", None),
        ("1e-1", None),
        ("\"\"", None),
        ("\"-\"", None),
        ("\"+1\"", None),
        ("\" 1\"", None),
        ("\"17.0\"", None),
        ("\"9223372036854775808\"", None),
        ("true", None),
        ("null", None),
        ("[17]", None),
    ]);
    reads::<i32>(&[("2147483647", Some(i32::MAX)), ("2147483648", None), ("\"-2147483648\"", Some(i32::MIN))]);
    reads::<u32>(&[("4294967295", Some(u32::MAX)), ("4294967296", None), ("-1", None)]);
    reads::<u64>(&[("18446744073709551615", Some(u64::MAX)), ("18446744073709551616", None), ("-0.0", Some(0)), ("\"7\"", Some(7))]);
}

#[test]
fn decimals_in_every_form() {
    reads::<f64>(&[
        ("1", Some(1.0)),
        ("-1.5e3", Some(-1500.0)),
        ("\"1.5\"", Some(1.5)),
        ("1e308", Some(1e308)),
        ("1e-400", Some(0.0)),
        ("1e309", None),
        ("\"1e309\"", None),
        ("\"inf\"", None),
        ("\"NaN\"", None),
        ("\"1,5\"", None),
        ("\"\"", None),
        ("null", None),
    ]);
    reads::<f32>(&[("0.1", Some(0.1)), ("1e39", None)]);
    let written = [(1.0, "1.0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e21, "1e21"), (1e-7, "1e-7"), (f64::NAN, "null"), (f64::INFINITY, "null")];
    for (number, text) in written {
        assert_eq!(json::to_string(&number), text);
        assert_eq!(text == "null", serde_json::to_string(&number).is_ok_and(|theirs| theirs == "null"));
    }
    assert_eq!(json::to_string(&0.1_f32), "0.1");
}

#[test]
fn booleans_and_texts() {
    reads::<bool>(&[("true", Some(true)), ("false", Some(false)), ("1", None), ("null", None), ("\"\"", None), ("\"yes\"", None)]);
    reads::<bool>(&[("\"true\"", Some(true)), ("\"False\"", Some(false)), ("\"true \"", None), ("\"1\"", None)]);
    reads::<Secret>(&[("\"s\"", Some(Secret::from("s"))), ("1", None), ("null", None)]);
    assert_eq!(json::to_string(&Secret::from("a\"b")), r#""a\"b""#);
    assert_eq!(format!("{:?}", json::from_str::<Vec<Secret>>(r#"["sesame"]"#)), "Ok([***])");
    reads::<String>(&[("\"\"", Some(String::new())), ("\"a\\n\"", Some("a\n".to_owned())), ("1", None), ("null", None)]);
}

#[test]
fn containers_hold_what_they_say() {
    reads::<Vec<Option<i64>>>(&[("[1,null,\"2\"]", Some(vec![Some(1), None, Some(2)])), ("[\"x\"]", None), ("null", None), ("{}", None)]);
    let map = BTreeMap::from([("a".to_owned(), 2), ("\n".to_owned(), 3)]);
    reads::<BTreeMap<String, i64>>(&[("{\"a\":1,\"\\n\":3,\"a\":2}", Some(map)), ("{\"a\":{}}", None), ("[]", None)]);
    reads::<Option<Box<bool>>>(&[("true", Some(Some(Box::new(true)))), ("null", Some(None))]);
    let mut list = vec![1, 2, 3];
    json::read_slice(b"[4]", &mut list).expect("a list");
    assert_eq!(list, [4], "nothing remains of what was there before");
}

#[test]
fn bytes_travel_as_base64() {
    reads::<Base64>(&[
        ("\"AP8Q\"", Some(Base64(vec![0, 255, 16]))),
        ("\"AA==\"", Some(Base64(vec![0]))),
        ("\"AA\"", Some(Base64(vec![0]))),
        ("\"\"", Some(Base64(vec![]))),
        ("\"A\"", None),
        ("\"*\"", None),
        ("7", None),
    ]);
    assert_eq!(json::to_string(&Base64::from(&b"\0"[..])), "\"AA==\"");
}

#[test]
fn free_form_values_can_be_asked() {
    let text = r#"{"a":[{"b/c~":1.50},null,true,"x"],"":-3,"n":18446744073709551615}"#;
    let value = Value::parse(text).expect(text);
    assert_eq!(value.to_string(), text);
    let number = value.pointer("/a/0/b~1c~0").and_then(Value::as_number).map(Number::as_str);
    assert_eq!(number, Some("1.50"));
    assert_eq!(value.pointer("/a/0/b~1c~0").and_then(Value::as_f64), Some(1.5));
    assert_eq!(value.pointer(""), Some(&value));
    assert_eq!(value.pointer("/").and_then(Value::as_i64), Some(-3));
    for nowhere in ["a", "/a/4", "/a/00", "/a/-", "/a/+0", "/a/", "/n/0", "/x"] {
        assert_eq!(value.pointer(nowhere), None, "{nowhere}");
    }
    assert_eq!(value.get("n").and_then(Value::as_u64), Some(u64::MAX));
    assert_eq!(value.get("n").and_then(Value::as_i64), None);
    let list = value.get("a").expect("a list");
    assert!(list.at(1).is_some_and(Value::is_null) && list.at(4).is_none() && list.get("a").is_none());
    assert_eq!((list.at(2).and_then(Value::as_bool), list.at(3).and_then(Value::as_str)), (Some(true), Some("x")));
    assert_eq!(list.as_array().map(<[Value]>::len), Some(4));
    assert_eq!(value, Value::parse(r#"{"n":18446744073709551615,"":-3,"a":[{"b/c~":1.50},null,true,"x"]}"#).expect("JSON"));
    assert_ne!(value, Value::parse("{}").expect("JSON"));
    assert_eq!(Value::from(f64::NAN), Value::Null);
    assert_eq!(Value::from(vec![Some(1), None]).to_string(), "[1,null]");
    assert_eq!((Number::new("1.0").map(|number| number.to_string()), Number::new("1.")), (Some("1.0".to_owned()), None));
}

#[test]
fn objects_keep_their_order() {
    let mut object = Object::new();
    object.insert("b", 1);
    object.insert("a", "x");
    object.insert("b", true);
    assert_eq!(json::to_string(&object), r#"{"b":true,"a":"x"}"#);
    assert_eq!(object.remove("b"), Some(Value::Bool(true)));
    assert_eq!((object.len(), object.is_empty(), object.remove("b")), (1, false, None));
    // Many members, half of them repeated: the last value in the first place.
    let many: Object = (0..100).map(|index| (format!("k{}", index % 50), index)).collect();
    assert_eq!(many.len(), 50);
    assert!(
        many.iter()
            .enumerate()
            .all(|(place, (name, value))| { name == format!("k{place}") && value.as_i64() == i64::try_from(place + 50).ok() })
    );
}

/// What a date-time is understood as: year to second, nanoseconds, offset.
type Understood = ([u16; 6], u32, Option<i32>);

#[test]
fn date_times_in_every_form() {
    let cases: &[(&str, Option<Understood>, Option<i64>)] = &[
        (r#""2018-05-02T20:32:23.000000Z""#, Some(([2018, 5, 2, 20, 32, 23], 0, Some(0))), Some(1_525_293_143)),
        (r#""2018-05-02T20:32:23Z""#, Some(([2018, 5, 2, 20, 32, 23], 0, Some(0))), Some(1_525_293_143)),
        (r#""2018-05-02t20:32:23z""#, Some(([2018, 5, 2, 20, 32, 23], 0, Some(0))), Some(1_525_293_143)),
        (r#""2018-05-02T22:32:23.123456789+02:00""#, Some(([2018, 5, 2, 22, 32, 23], 123_456_789, Some(7200))), Some(1_525_293_143)),
        (r#""2018-05-02T15:02:23.5-0530""#, Some(([2018, 5, 2, 15, 2, 23], 500_000_000, Some(-19800))), Some(1_525_293_143)),
        (r#""2018-05-02 21:32:23+01""#, Some(([2018, 5, 2, 21, 32, 23], 0, Some(3600))), Some(1_525_293_143)),
        (r#""2019-12-12 12:12:12""#, Some(([2019, 12, 12, 12, 12, 12], 0, None)), None),
        (r#""2019-12-12T12:12:12.25""#, Some(([2019, 12, 12, 12, 12, 12], 250_000_000, None)), None),
        (r#""2019-12-12""#, Some(([2019, 12, 12, 0, 0, 0], 0, None)), None),
        (r#""2020-02-29""#, Some(([2020, 2, 29, 0, 0, 0], 0, None)), None),
        (r#""2016-12-31T23:59:60Z""#, Some(([2016, 12, 31, 23, 59, 60], 0, Some(0))), Some(1_483_228_800)),
        ("1525293143", Some(([2018, 5, 2, 20, 32, 23], 0, Some(0))), Some(1_525_293_143)),
        ("1525293143.25", Some(([2018, 5, 2, 20, 32, 23], 250_000_000, Some(0))), Some(1_525_293_143)),
        ("1.525293143e9", Some(([2018, 5, 2, 20, 32, 23], 0, Some(0))), Some(1_525_293_143)),
        ("0", Some(([1970, 1, 1, 0, 0, 0], 0, Some(0))), Some(0)),
        ("-0.25", Some(([1969, 12, 31, 23, 59, 59], 750_000_000, Some(0))), Some(-1)),
        ("-62167219200", Some(([0, 1, 1, 0, 0, 0], 0, Some(0))), Some(-62_167_219_200)),
        ("253402300799", Some(([9999, 12, 31, 23, 59, 59], 0, Some(0))), Some(253_402_300_799)),
        ("253402300800", None, None),
        ("-9223372036854775808", None, None),
        ("9223372036854775807", None, None),
        ("1e300", None, None),
        (r#""""#, None, None),
        (r#""yesterday""#, None, None),
        (r#""2019-02-29""#, None, None),
        (r#""1900-02-29T00:00:00Z""#, None, None),
        (r#""2019-13-01""#, None, None),
        (r#""2019-00-10""#, None, None),
        (r#""2019-1-01""#, None, None),
        (r#""2019/12/12""#, None, None),
        (r#""2019-12-12T24:00:00Z""#, None, None),
        (r#""2019-12-12T12:60:00Z""#, None, None),
        (r#""2019-12-12T12:12:61Z""#, None, None),
        (r#""2019-12-12T12:12""#, None, None),
        (r#""2019-12-12T12:12:12.""#, None, None),
        (r#""2019-12-12T12:12:12.0123456789Z""#, None, None),
        (r#""2019-12-12T12:12:12+24:00""#, None, None),
        (r#""2019-12-12T12:12:12+1""#, None, None),
        (r#""2019-12-12T12:12:12+01x00""#, None, None),
        (r#""2019-12-12T+2:12:12Z""#, None, None),
        (r#""é019-12-12""#, None, None),
        (r#""2019-12-1é""#, None, None),
        (r#""2019-12-12T12:12:1é""#, None, None),
    ];
    for (text, understood, unix) in cases {
        let time: DateTime = json::from_str(text).expect(text);
        assert_eq!(json::to_string(&time), *text, "the text is kept");
        assert_eq!(time.to_string(), text.trim_matches('"'));
        let parts = time.year().map(|year| {
            let rest = [time.month(), time.day(), time.hour(), time.minute(), time.second()].map(|part| u16::from(part.unwrap_or(99)));
            let [month, day, hour, minute, second] = rest;
            ([year, month, day, hour, minute, second], time.nanosecond().unwrap_or(1), time.offset())
        });
        assert_eq!(&parts, understood, "{text}");
        assert_eq!(&time.unix_seconds(), unix, "{text}");
        assert_eq!(time.system_time().is_some(), unix.is_some(), "{text}");
    }
    for text in ["null", "true", "[]", "{}"] {
        assert!(json::from_str::<DateTime>(text).is_err_and(|error| error.is_data()), "{text}");
    }
}

#[test]
fn date_times_are_made_in_both_forms() {
    assert_eq!(DateTime::utc(2019, 12, 12, 12, 12, 12).map(|time| time.to_string()).as_deref(), Some("2019-12-12T12:12:12Z"));
    assert_eq!(DateTime::local(2019, 2, 3, 4, 5, 6).map(|time| time.to_string()).as_deref(), Some("2019-02-03 04:05:06"));
    assert_eq!((DateTime::utc(2019, 2, 29, 0, 0, 0), DateTime::local(10_000, 1, 1, 0, 0, 0)), (None, None));
    assert_eq!(json::to_string(&DateTime::unix(-5)), "-5");
    assert_eq!(json::to_string(&DateTime::from("5")), "\"5\"");
    assert_ne!(DateTime::from("5"), DateTime::unix(5));
    for (nanoseconds, text) in
        [(0, "2018-05-02T20:32:23Z"), (120_000_000, "2018-05-02T20:32:23.12Z"), (1, "2018-05-02T20:32:23.000000001Z")]
    {
        let moment = UNIX_EPOCH + Duration::new(1_525_293_143, nanoseconds);
        assert_eq!(DateTime::from(moment).as_str(), text);
        assert_eq!(DateTime::from(moment).system_time(), Some(moment));
    }
    let before = UNIX_EPOCH - Duration::new(1, 250_000_000);
    assert_eq!(DateTime::from(before).as_str(), "1969-12-31T23:59:58.75Z");
    assert_eq!(DateTime::from(before).system_time(), Some(before));
}

#[test]
fn unset_dates_keep_their_text() {
    let table = [
        ("0001-01-01T00:00:00", true),
        ("0001-01-01T00:00:00.0000000", true),
        ("0001-01-01T00:00:00.0000000Z", true),
        ("0001-01-01 00:00:00", true),
        ("0001-01-01", true),
        ("00001-01-01T00:00:00.0000000", true),
        ("1900-01-01T00:00:00.0000000", false),
        ("2015-05-26T10:54:21.0930000", false),
        ("2015-05-26T10:54:21.093000", false),
        ("2015-06-31T00:00:00", false),
        ("10001-01-01T00:00:00", false),
        ("", false),
    ];
    for (text, unset) in table {
        let quoted = format!("\"{text}\"");
        let moment: DateTime = json::from_str(&quoted).expect(text);
        assert_eq!((moment.is_unset(), json::to_string(&moment)), (unset, quoted));
    }
    assert_eq!(DateTime::from("2015-06-31T00:00:00").year(), None, "there is no such day");
    assert_eq!(DateTime::from("00001-01-01T00:00:00").day(), Some(1));
    assert_eq!(DateTime::from("x2015-01-01").year(), None);
}

#[test]
fn date_times_with_seven_digits() {
    let text = |moment: Option<DateTime>| moment.map(|moment| moment.to_string());
    let made = |nanosecond| text(DateTime::local_precise(2015, 5, 26, 10, 54, 21, nanosecond));
    assert_eq!(made(93_000_000).as_deref(), Some("2015-05-26T10:54:21.0930000"));
    assert_eq!(made(999_999_999).as_deref(), Some("2015-05-26T10:54:21.9999999"));
    assert_eq!((made(1_000_000_000), text(DateTime::local_precise(2015, 6, 31, 0, 0, 0, 0))), (None, None));
    let table = [
        ("2015-05-26 10:54:21", Some("2015-05-26T10:54:21.0000000")),
        ("2015-05-26", Some("2015-05-26T00:00:00.0000000")),
        ("2015-05-26T10:54:21.093Z", Some("2015-05-26T10:54:21.0930000Z")),
        ("2015-05-26T10:54:21-03:30", Some("2015-05-26T10:54:21.0000000-03:30")),
        ("2015-05-26T10:54:21+0200", Some("2015-05-26T10:54:21.0000000+02:00")),
        ("soon", None),
    ];
    for (before, after) in table {
        assert_eq!(text(DateTime::from(before).precise()).as_deref(), after, "{before}");
    }
}

#[test]
fn every_day_of_the_calendar_is_where_it_belongs() {
    // 1600 to 2400: two whole cycles of leap years, day by day, against counting.
    let (mut year, mut month, mut day) = (1600_u16, 1_u8, 1_u8);
    let mut seconds = -11_676_096_000_i64;
    while year < 2400 {
        let made = DateTime::utc(year, month, day, 1, 2, 3).unwrap_or_else(|| panic!("{year}-{month}-{day}"));
        assert_eq!(made.unix_seconds(), Some(seconds + 3723), "{made}");
        let read: DateTime = json::from_str(&(seconds + 3723).to_string()).expect("a number");
        assert_eq!((read.year(), read.month(), read.day()), (Some(year), Some(month), Some(day)));
        seconds += 86_400;
        day += 1;
        if DateTime::utc(year, month, day, 0, 0, 0).is_none() {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!(seconds, 13_569_465_600);
    assert!(SystemTime::now() > UNIX_EPOCH);
}

#[test]
fn dates_keep_their_text() {
    for (text, parts) in
        [("2019-12-12", Some((2019, 12, 12))), ("2019-12-12T10:00:00Z", Some((2019, 12, 12))), ("12.12.2019", None), ("", None)]
    {
        let date: Date = json::from_str(&format!("\"{text}\"")).expect(text);
        assert_eq!((date.as_str(), date.to_string().as_str()), (text, text));
        let found = date.year().and_then(|year| Some((year, date.month()?, date.day()?)));
        assert_eq!(found, parts, "{text}");
        assert_eq!(json::to_string(&date), format!("\"{text}\""));
    }
    assert_eq!(Date::new(2020, 2, 29), Some(Date::from("2020-02-29")));
    assert_eq!(Date::new(2021, 2, 29), None);
    assert!(json::from_str::<Date>("20191212").is_err());
}

#[test]
fn references_and_boxes_write_what_they_hold() {
    let text: &str = "x";
    let boxed: Box<dyn ToJson> = Box::new(Some(1));
    assert_eq!((json::to_string(&text), json::to_string(&boxed)), ("\"x\"".to_owned(), "1".to_owned()));
    let absent: &dyn ToJson = &&None::<i64>;
    assert!(absent.is_absent() && !boxed.is_absent());
    assert_eq!(json::to_vec(&vec!["a"]), b"[\"a\"]");
}
