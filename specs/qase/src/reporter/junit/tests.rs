//! Files as test runners write them, and broken ones.

use super::{JunitReader, JunitStatus, JunitTest};
use crate::reporter::TestReport;
use std::io::{self, BufReader, Read};
use tms_runtime::json;

/// cargo-nextest: suites are binaries, attempts follow the failure, outputs stand inside of attempts, too.
const NEXTEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="4" failures="1" timestamp="2026-11-21T13:27:53.148+00:00" time="0.159">
    <testsuite name="shop" tests="3" failures="1">
        <testcase name="tests::flaky" classname="shop" timestamp="2026-11-21T13:27:53.231+00:00" time="0.004">
            <flakyFailure timestamp="2026-11-21T13:27:53.148+00:00" time="0.082" message="panicked at src/lib.rs:8:83" type="test failure with exit code 101">thread &apos;tests::flaky&apos; panicked:
not yet
                <system-out>
running 1 test
</system-out>
            </flakyFailure>
        </testcase>
        <testcase name="tests::fails" classname="shop" timestamp="2026-11-21T13:27:53.236+00:00" time="0.5">
            <failure message="one is not two" type="test failure">left: 1, &lt;right&gt;: 2</failure>
            <rerunFailure time="0.004" message="one is not two" type="test failure">left: 1, &lt;right&gt;: 2, again
                <system-err></system-err>
            </rerunFailure>
            <system-out>out &lt;&amp;&gt; ]]&gt;&#10;</system-out>
            <system-err>
</system-err>
        </testcase>
        <testcase name="tests::passes" classname="shop" time="0.004"/>
    </testsuite>
    <testsuite name="shop::orders" tests="1">
        <testcase name="ships" classname="shop::orders" time="1,234.5"/>
    </testsuite>
</testsuites>"#;

/// Maven Surefire: one suite, properties of the suite, times without zone, texts as CDATA, `stackTrace` in attempts.
const SUREFIRE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://example.com/surefire-test-report.xsd" name="com.example.CartTest" time="0.05" tests="4" errors="1" skipped="1" failures="0">
  <properties>
    <property name="java.version" value="21"/>
  </properties>
  <testcase name="adds" classname="com.example.CartTest" time="0.012" timestamp="2026-11-21T13:27:53"/>
  <testcase name="throws" classname="com.example.CartTest" time="0.001">
    <error message="Cannot invoke &quot;Cart.add()&quot;" type="java.lang.NullPointerException"><![CDATA[java.lang.NullPointerException: x < y & z
	at com.example.CartTest.throws(CartTest.java:12)
]]></error>
    <system-out><![CDATA[one]]> two</system-out>
  </testcase>
  <testcase name="waits" classname="com.example.CartTest" time="0">
    <skipped message="not today"/>
  </testcase>
  <testcase name="flickers" classname="com.example.CartTest" time="0.002">
    <flakyError message="timeout" type="java.io.IOException">
      <stackTrace><![CDATA[java.io.IOException: timeout]]></stackTrace>
      <system-out>lost</system-out>
    </flakyError>
  </testcase>
</testsuite>"#;

/// pytest: one suite for all, the module as the class, properties of tests, a reason twice.
const PYTEST: &str = r#"<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="0" failures="1" skipped="1" tests="3" time="0.123" timestamp="2026-11-21T13:27:53.148000+00:00" hostname="host"><testcase classname="tests.test_cart.TestCart" name="test_add[1-2]" time="0.001"><properties><property name="qase_id" value="12" /><property name="other">a text</property></properties></testcase><testcase classname="tests.test_cart" name="test_skip" time="0.000"><skipped type="pytest.skip" message="no browser">/repo/tests/test_cart.py:7: no browser</skipped></testcase><testcase classname="tests.test_cart" name="test_fail" time="0.001"><properties><property name="testops_id" value="7, 8"/></properties><failure message="assert 1 == 2">def test_fail():
&gt;       assert 1 == 2</failure></testcase></testsuite></testsuites>"#;

/// Gradle: a file per class; skipped tests have no reason, the outputs belong to the suite.
const GRADLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="com.example.OrderTest" tests="2" skipped="1" failures="1" errors="0" timestamp="2026-11-21T13:27:53.148Z" hostname="host" time="0.02">
  <properties/>
  <testcase name="ships()" classname="com.example.OrderTest" time="0.01">
    <failure message="org.opentest4j.AssertionFailedError: expected: &lt;1&gt; but was: &lt;2&gt;" type="org.opentest4j.AssertionFailedError">org.opentest4j.AssertionFailedError: expected: &lt;1&gt; but was: &lt;2&gt;</failure>
    <failure message="and another" type="java.lang.AssertionError">and another</failure>
  </testcase>
  <testcase name="returns()" classname="com.example.OrderTest" time="0.0"><skipped/></testcase>
  <system-out><![CDATA[of the suite]]></system-out>
  <system-err><![CDATA[]]></system-err>
</testsuite>"#;

/// Suites in suites, as Jest, PHPUnit and CTest converters have them.
const NESTED: &str = r#"<testsuites><testsuite name="web"><testsuite name=""><testsuite name="cart"><testcase name="a"/></testsuite>
<testcase name="b" classname=""/></testsuite><testcase name="c" classname="web"/></testsuite><testsuite><testcase/></testsuite></testsuites>"#;

fn tests(file: &str) -> Vec<JunitTest> {
    JunitReader::new(file.as_bytes()).collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}: {file}"))
}

/// What is sent of each test: the result, and the names of its files.
fn sent(file: &str) -> Vec<String> {
    let report = |test: JunitTest| {
        let TestReport { result, files } = test.into();
        let files: Vec<_> =
            files.iter().map(|file| format!(" {}={:?}", file.name, file.bytes().map(|bytes| bytes.escape_ascii().to_string()))).collect();
        json::to_string(&result) + &files.concat()
    };
    tests(file).into_iter().map(report).collect()
}

#[test]
fn nextest() {
    let expected = [
        r#"{"title":"tests::flaky","execution":{"status":"passed","start_time":1795267673.231,"duration":4,"stacktrace":"thread 'tests::flaky' panicked:\nnot yet"},"signature":"shop::tests::flaky","relations":{"suite":{"data":[{"title":"shop"}]}},"message":"Passed after 1 attempt that failed.\ntest failure with exit code 101: panicked at src/lib.rs:8:83"}"#,
        r#"{"title":"tests::fails","execution":{"status":"failed","start_time":1795267673.236,"duration":500,"stacktrace":"left: 1, <right>: 2\n\nleft: 1, <right>: 2, again"},"signature":"shop::tests::fails","relations":{"suite":{"data":[{"title":"shop"}]}},"message":"Failed in all of 2 attempts.\ntest failure: one is not two"} system-out.txt=Some("out <&> ]]>\\n")"#,
        r#"{"title":"tests::passes","execution":{"status":"passed","duration":4},"signature":"shop::tests::passes","relations":{"suite":{"data":[{"title":"shop"}]}}}"#,
        r#"{"title":"ships","execution":{"status":"passed","duration":1234500},"signature":"shop::orders::ships","relations":{"suite":{"data":[{"title":"shop::orders"}]}}}"#,
    ];
    assert_eq!(sent(NEXTEST), expected);
}

#[test]
fn surefire() {
    let expected = [
        r#"{"title":"adds","execution":{"status":"passed","duration":12},"signature":"com.example.CartTest::adds","relations":{"suite":{"data":[{"title":"com.example.CartTest"}]}}}"#,
        r#"{"title":"throws","execution":{"status":"failed","duration":1,"stacktrace":"java.lang.NullPointerException: x < y & z\n\tat com.example.CartTest.throws(CartTest.java:12)"},"signature":"com.example.CartTest::throws","relations":{"suite":{"data":[{"title":"com.example.CartTest"}]}},"message":"java.lang.NullPointerException: Cannot invoke \"Cart.add()\""} system-out.txt=Some("one two")"#,
        r#"{"title":"waits","execution":{"status":"skipped","duration":0},"signature":"com.example.CartTest::waits","relations":{"suite":{"data":[{"title":"com.example.CartTest"}]}},"message":"not today"}"#,
        r#"{"title":"flickers","execution":{"status":"passed","duration":2,"stacktrace":"java.io.IOException: timeout"},"signature":"com.example.CartTest::flickers","relations":{"suite":{"data":[{"title":"com.example.CartTest"}]}},"message":"Passed after 1 attempt that failed.\njava.io.IOException: timeout"}"#,
    ];
    assert_eq!(sent(SUREFIRE), expected);
}

#[test]
fn pytest() {
    let expected = [
        r#"{"title":"test_add[1-2]","execution":{"status":"passed","duration":1},"signature":"pytest::tests.test_cart.TestCart::test_add[1-2]","testops_id":12,"relations":{"suite":{"data":[{"title":"pytest"},{"title":"tests.test_cart.TestCart"}]}}}"#,
        r#"{"title":"test_skip","execution":{"status":"skipped","duration":0},"signature":"pytest::tests.test_cart::test_skip","relations":{"suite":{"data":[{"title":"pytest"},{"title":"tests.test_cart"}]}},"message":"no browser"}"#,
        r#"{"title":"test_fail","execution":{"status":"failed","duration":1,"stacktrace":"def test_fail():\n>       assert 1 == 2"},"signature":"pytest::tests.test_cart::test_fail","testops_ids":[7,8],"relations":{"suite":{"data":[{"title":"pytest"},{"title":"tests.test_cart"}]}},"message":"assert 1 == 2"}"#,
    ];
    assert_eq!(sent(PYTEST), expected);
    let properties = &tests(PYTEST)[0].properties;
    assert_eq!(properties, &[("qase_id".to_owned(), "12".to_owned()), ("other".to_owned(), "a text".to_owned())]);
}

#[test]
fn gradle() {
    let found = tests(GRADLE);
    assert_eq!(found.iter().map(JunitTest::status).collect::<Vec<_>>(), [JunitStatus::Failed, JunitStatus::Skipped]);
    assert_eq!(found[0].failures.iter().map(|failure| failure.text.as_str()).collect::<Vec<_>>()[1], "and another");
    assert_eq!((found[1].skipped.as_deref(), found[1].system_out.as_str()), (Some(""), ""));
    assert!(sent(GRADLE)[1].contains(r#""status":"skipped""#) && !sent(GRADLE)[1].contains("message"));
}

#[test]
fn nested_suites() {
    let found: Vec<_> = tests(NESTED).iter().map(|test| format!("{}:{}", test.path().collect::<Vec<_>>().join("/"), test.name)).collect();
    assert_eq!(found, ["web/cart:a", "web:b", "web:c", ":"]);
}

#[test]
fn odd_but_well() {
    let table: [(&str, usize); 9] = [
        ("<testsuites/>", 0),
        ("<testsuite></testsuite>", 0),
        ("\u{feff}<?xml version='1.0'?>\n<!DOCTYPE testsuites>\n<!-- x --><testsuites></testsuites>\n<!-- y -->\n", 0),
        ("<testsuites><testsuite><testcase name='a'/><unknown><testcase name='not one'/></unknown></testsuite></testsuites>", 1),
        ("<j:testsuites xmlns:j='urn:x'><j:testsuite><j:testcase name='a'></j:testcase></j:testsuite></j:testsuites>", 1),
        ("<testsuites><testcase name='without a suite'/></testsuites>", 1),
        ("<testsuites><testsuites><testsuite><testcase/></testsuite></testsuites></testsuites>", 1),
        ("<testsuite><testcase time='soon' timestamp='then'/></testsuite>", 1),
        ("<testsuite><testcase time='-1'/><testcase time='1e999'/><testcase time='NaN'/></testsuite>", 3),
    ];
    for (file, count) in table {
        assert_eq!(tests(file).len(), count, "{file}");
        assert!(tests(file).iter().all(|test| test.time.is_none()), "{file}");
    }
}

#[test]
fn broken_files() {
    let table: [(&str, usize, &str); 16] = [
        ("", 0, "line 1, column 1: there is no `<testsuites>`"),
        ("no xml", 0, "line 1, column 1: there is text outside"),
        ("{}\n", 0, "line 1, column 1: there is text outside"),
        ("<html>\n<body/>", 0, "line 1, column 1: a JUnit file begins with `<testsuites>` or `<testsuite>`, this one with `<html>`"),
        ("\n\n  <results/>", 0, "line 3, column 3: a JUnit file begins"),
        ("<testsuite>\n  <testcase/>\n", 1, "line 3, column 1: the file ends inside of 1 elements"),
        ("<testsuite>\n  <testcase/>\n  <testcase name='a'", 1, "line 3, column 3:"),
        ("<testsuite>\n  <testcase>\n</testsuite>", 0, "line 3, column 1:"),
        ("<testsuite>\n<testcase a='1' a='2'/></testsuite>", 0, "line 2, column 1:"),
        ("<testsuite>\n<testcase name='&nbsp;'/></testsuite>", 0, "line 2, column 1:"),
        (
            "<testsuite><testcase><failure>\n a &nbsp; b</failure></testcase></testsuite>",
            0,
            "line 2, column 4: `&nbsp;` is no entity of XML",
        ),
        ("<testsuite><testcase><failure>\n a & b</failure></testcase></testsuite>", 0, "line 2, column 4:"),
        ("<testsuite>\n<testcase><failure>&#0;</failure></testcase></testsuite>", 0, "line 2, column 20:"),
        ("<testsuites/>\n<testsuites/>", 0, "line 2, column 1: there is a second outermost element"),
        ("<testsuites>\n<!-- ", 0, "line 2, column 1:"),
        ("<testsuite><testcase/></testsuite>\nx", 1, "line 1, column 35: there is text outside"),
    ];
    for (file, whole, expected) in table {
        let found: Vec<_> = JunitReader::new(file.as_bytes()).collect();
        let (last, others) = found.split_last().unwrap_or_else(|| panic!("no error: {file:?}"));
        let said = last.as_ref().err().unwrap_or_else(|| panic!("no error: {file:?}")).to_string();
        assert!(said.starts_with(expected), "{file:?}\nsays  {said}\nnot   {expected}");
        assert_eq!(others.iter().filter(|test| test.is_ok()).count(), whole, "{file:?}");
    }
    let deep = "<testsuite>".repeat(200);
    let error = JunitReader::new(deep.as_bytes()).next().expect("an item").expect_err("too deep");
    assert!(error.to_string().contains("nested more than 128 deep"), "{error}");
}

#[test]
fn every_beginning_of_a_file_ends_in_an_error_or_not_at_all() {
    for file in [NEXTEST, SUREFIRE, PYTEST, GRADLE, NESTED] {
        let all = tests(file);
        for end in 0..file.len() {
            let found: Vec<_> = JunitReader::new(&file.as_bytes()[..end]).collect();
            assert!(found.last().is_some_and(Result::is_err), "cut at {end}: no error");
            let whole: Vec<_> = found.into_iter().filter_map(Result::ok).collect();
            assert_eq!(whole, all[..whole.len()], "cut at {end}");
        }
    }
}

#[test]
fn however_small_the_pieces_are() {
    struct Drip<'a>(&'a [u8]);
    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(buffer)
        }
    }
    for file in [NEXTEST, SUREFIRE, PYTEST, GRADLE, NESTED] {
        for size in [1, 2, 7] {
            let reader = BufReader::with_capacity(size, Drip(file.as_bytes()));
            let found: Vec<_> = JunitReader::new(reader).collect::<Result<_, _>>().expect("a good file");
            assert_eq!(found, tests(file), "pieces of {size} bytes");
        }
    }
    let broken = BufReader::with_capacity(3, Drip(b"<testsuite>\n\n  <testcase/>\n  <testcase x/></testsuite>"));
    let error = JunitReader::new(broken).last().expect("an item").expect_err("a broken file");
    assert_eq!((error.line(), error.column()), (4, 3), "{error}");
}

/// A file without end: tests come while it is read, and what was read is not kept.
#[test]
fn tests_come_one_by_one() {
    struct Endless(u64, Vec<u8>);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.1.is_empty() {
                self.1 = match self.0 {
                    0 => b"<testsuites><testsuite name='s'>\n".to_vec(),
                    n => format!("<testcase name='{n}'><failure>{}</failure></testcase>\n", "x".repeat(1000)).into_bytes(),
                };
                self.0 += 1;
            }
            let count = self.1.len().min(buffer.len());
            buffer[..count].copy_from_slice(&self.1[..count]);
            self.1.drain(..count);
            Ok(count)
        }
    }
    let mut reader = JunitReader::new(BufReader::with_capacity(512, Endless(0, Vec::new())));
    for n in 1..=5000 {
        assert_eq!(reader.next().expect("a test").expect("a good one").name, n.to_string());
    }
    assert!(reader.parser.memory() < 4096, "{} bytes are kept", reader.parser.memory());
}

#[test]
fn a_reader_that_fails() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let file = BufReader::new(b"<testsuite>\n<testcase/>\n".as_slice().chain(Failing));
    let found: Vec<_> = JunitReader::new(file).collect();
    let error = found.last().and_then(|last| last.as_ref().err()).expect("an error");
    assert_eq!((found.len(), error.to_string().as_str()), (2, "line 3, column 1: cannot be read: the disk is gone"));
    assert!(std::error::Error::source(error).is_some());
}
