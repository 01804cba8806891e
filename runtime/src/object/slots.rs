//! Objects whose payload is a fixed list of values: records, record types, conditions, promises, ephemerons, cells, ports.

use super::{Vector, view};
use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;

const fn slot(i: usize) -> usize {
    OBJECT_PAYLOAD + i * WORD
}

/// Getters, and setters where named, of numbered slots.
macro_rules! slots {
    ($view:ident { $($(#[$m:meta])* $get:ident $(/ $set:ident)? = $i:literal;)* }) => {
        impl $view {
            $($(#[$m])*
            #[inline]
            pub fn $get(self, ctx: &Ctx) -> Value { ctx.field(self.0, slot($i)) }
            $(#[doc = concat!("Changes `", stringify!($get), "`.")]
            #[inline]
            pub fn $set(self, ctx: &mut Ctx, x: Value) { ctx.set_field(self.0, slot($i), x) })?)*
        }
    };
}

view!(
    /// A mutable variable, or a global.
    Cell
);
slots!(Cell {
    /// Content.
    content / set_content = 0;
    /// Name: a symbol or `#f`.
    name = 1;
});

view!(
    /// A record type.
    RecordType
);
slots!(RecordType {
    /// Name: a symbol.
    name = 0;
    /// Vector of field names.
    field_names = 1;
});
impl RecordType {
    /// Number of fields.
    pub fn field_count(self, ctx: &Ctx) -> usize {
        Vector::of(self.field_names(ctx)).map_or(0, Vector::len)
    }
    /// The name without the angle brackets that many programs put around it.
    pub fn plain_name(self, ctx: &Ctx) -> &'static str {
        let name = crate::symbol::name(self.name(ctx)).unwrap_or("?");
        name.strip_prefix('<').and_then(|n| n.strip_suffix('>')).filter(|n| !n.is_empty()).unwrap_or(name)
    }
}

view!(
    /// A record.
    Record
);
slots!(Record {
    /// Its type.
    record_type = 0;
});
impl Record {
    /// Number of fields.
    #[inline]
    pub fn len(self) -> usize {
        self.0.object_length().saturating_sub(1)
    }
    /// Whether it has no fields.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// Field `i`, if there is one.
    #[inline]
    pub fn field(self, ctx: &Ctx, i: usize) -> Option<Value> {
        (i < self.len()).then(|| ctx.field(self.0, RECORD_FIELDS + i * WORD))
    }
    /// Changes field `i`; false if there is none.
    #[inline]
    pub fn set_field(self, ctx: &mut Ctx, i: usize, x: Value) -> bool {
        let ok = i < self.len();
        if ok {
            ctx.set_field(self.0, RECORD_FIELDS + i * WORD, x);
        }
        ok
    }
}

view!(
    /// An error object.
    Condition
);
slots!(Condition {
    /// Kind: a symbol (`error`, `file-error`, `read-error`, `wrong-type`, …).
    kind = 0;
    /// Message: a string, or whatever the program gave.
    message = 1;
    /// List of irritants.
    irritants = 2;
    /// More, as the kind says.
    payload / set_payload = 3;
});

view!(
    /// A promise. After `update`, the other promise is an alias: its first slot holds the promise that it shares.
    Promise
);
slots!(Promise {
    /// Raw first slot: a boolean, or the promise this one has become.
    state / set_state = 0;
    /// Raw second slot.
    content / set_content = 1;
});
impl Promise {
    /// The promise that holds the state: follows aliases, and shortens the chain.
    pub fn resolve(self, ctx: &mut Ctx) -> Promise {
        let mut root = self;
        while let Some(next) = Promise::of(root.state(ctx)) {
            root = next;
        }
        let mut p = self;
        while let Some(next) = Promise::of(p.state(ctx)) {
            if next == root {
                break;
            }
            p.set_state(ctx, root.value());
            p = next;
        }
        root
    }
}

view!(
    /// A key held weakly, and a value held while the key is.
    Ephemeron
);
slots!(Ephemeron {
    /// The key, or the broken marker.
    key = 0;
    /// The value, or the broken marker.
    datum = 1;
});
impl Ephemeron {
    /// Whether the collector has found the key dead.
    pub fn is_broken(self, ctx: &Ctx) -> bool {
        self.key(ctx).0 == IMM_BROKEN
    }
}

view!(
    /// A port: an index into the runtime's table of ports.
    Port
);
slots!(Port {
    /// Index (a fixnum) into the table.
    index_value = 0;
    /// A fixnum: the bits of [`crate::port::PortKind`].
    kind_value = 1;
});
impl Port {
    /// Index into the table.
    #[inline]
    pub fn index(self, ctx: &Ctx) -> usize {
        self.index_value(ctx).as_fixnum().unwrap_or(0) as usize
    }
}

impl Ctx {
    /// A fresh record type; `field_names` is a vector of symbols.
    pub fn make_record_type(&mut self, name: Value, field_names: Value) -> Value {
        self.alloc_values(ObjectType::RecordType, &[name, field_names, Value::FALSE])
    }
    /// A fresh record.
    pub fn make_record(&mut self, record_type: RecordType, fields: &[Value]) -> Value {
        let n = fields.len() + 1;
        let r = self.alloc_object(header(ObjectType::Record, n), n * WORD);
        self.init_field(r, RECORD_TYPE, record_type.value());
        for (i, &x) in fields.iter().enumerate() {
            self.init_field(r, RECORD_FIELDS + i * WORD, x);
        }
        r
    }
    /// A fresh error object.
    pub fn make_condition(&mut self, kind: Value, message: Value, irritants: Value, payload: Value) -> Value {
        self.alloc_values(ObjectType::Condition, &[kind, message, irritants, payload])
    }
    /// A fresh promise.
    pub fn make_promise(&mut self, done: bool, content: Value) -> Value {
        self.alloc_values(ObjectType::Promise, &[Value::boolean(done), content])
    }
    /// A fresh ephemeron.
    pub fn make_ephemeron(&mut self, key: Value, datum: Value) -> Value {
        self.alloc_values(ObjectType::Ephemeron, &[key, datum])
    }
}
