//! Bytes into JSON in which no member stands twice: of two that are called alike only one could be
//! meant, and programs differ in which.
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::tree::Fault;
use crate::kernel::Message;

/// Reads the members of an object.
///
/// # Errors
/// What is no JSON, or no object, with line and column; the first member that stands twice, with its
/// place.
pub fn members(bytes: &[u8]) -> Result<Map<String, Value>, Message> {
    let mut doubled = None;
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = Once(&mut doubled).deserialize(&mut json);
    let read = read.and_then(|value| json.end().map(|()| value));
    if let Some(fault) = doubled {
        return Err(fault.message());
    }
    let at = |line, column| {
        Message::new("error-json")
            .with("line", line)
            .with("column", column)
    };
    match read {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(at(1, 0)),
        Err(why) => Err(at(why.line(), why.column())),
    }
}

/// Reads a value, and notes the first member that stands twice.
struct Once<'a>(&'a mut Option<Fault>);

impl Once<'_> {
    /// The same for a value within, which is called so.
    fn within<T, E>(
        &mut self,
        step: &str,
        read: impl FnOnce(Once<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let value = read(Once(self.0));
        if let Some(fault) = self.0.take() {
            *self.0 = Some(fault.within(step));
        }
        value
    }
}

impl<'de> DeserializeSeed<'de> for Once<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(yes.into())
    }

    fn visit_u64<E>(self, n: u64) -> Result<Value, E> {
        Ok(n.into())
    }

    fn visit_i64<E>(self, n: i64) -> Result<Value, E> {
        Ok(n.into())
    }

    fn visit_f64<E>(self, n: f64) -> Result<Value, E> {
        Ok(Number::from_f64(n).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let step = format!("[{}]", list.len());
            match self.within(&step, |within| items.next_element_seed(within))? {
                Some(item) => list.push(item),
                None => return Ok(list.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if read.contains_key(&name) {
                *self.0 = Some(Fault::doubled(&name));
                return Err(serde::de::Error::custom("a member stands twice"));
            }
            let value = self.within(&name, |within| members.next_value_seed(within))?;
            read.insert(name, value);
        }
        Ok(read.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn told(text: &str) -> Message {
        members(text.as_bytes()).expect_err(text)
    }

    #[test]
    fn what_stands_twice_is_named() {
        for (text, place) in [
            (r#"{"a":1,"a":1}"#, "a"),
            (r#"{"a":{"b":1},"c":{"b":1,"b":2}}"#, "c.b"),
            (r#"{"a":[{"b":1},{"b":1,"c":0,"b":2}]}"#, "a[1].b"),
            (r#"{"a":[[{"b":1,"b":2}]]}"#, "a[0][0].b"),
            // However it is written.
            ("{\"a\":1,\"\\u0061\":2}", "a"),
        ] {
            let message = told(text);
            assert_eq!(message.key, "error-json-doubled", "{text}");
            assert_eq!(message.args, [("member", place.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_no_object_is_told_with_its_place() {
        for (text, line, column) in [
            ("{\n \"a\": }", 2, 7),
            ("[1]", 1, 0),
            ("", 1, 0),
            ("{} {}", 1, 4),
        ] {
            let message = told(text);
            assert_eq!(message.key, "error-json", "{text}");
            let place = [("line", line.to_string()), ("column", column.to_string())];
            assert_eq!(message.args, place, "{text}");
        }
        assert!(members(&[b'{', b'"', 0xff, b'"', b':', b'1', b'}']).is_err());
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
        assert!(members(deep.as_bytes()).is_err());
    }

    #[test]
    fn what_is_good_is_as_serde_json_reads_it() {
        let text = r#"{"a":[null,true,-1,18446744073709551615,1.5,1e300,"\u00e9"],"b":{"a":{}}}"#;
        let want: Value = serde_json::from_str(text).expect("good");
        assert_eq!(members(text.as_bytes()).map(Value::Object), Ok(want));
        assert_eq!(members(b"{}"), Ok(Map::new()));
        let value = json!({ "a": { "a": 1 } });
        assert_eq!(
            members(value.to_string().as_bytes()).map(Value::Object),
            Ok(value)
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[{}\\[\\]\":,a01. ]{0,40}") {
            let ours = members(text.as_bytes());
            if let Ok(read) = ours {
                let theirs: Value = serde_json::from_str(&text).expect("JSON");
                prop_assert_eq!(Value::Object(read), theirs);
            }
        }
    }
}
