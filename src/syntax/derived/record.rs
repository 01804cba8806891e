//! `define-record-type`: a definition of the type and one for each procedure, all on the record primitives.

use crate::ast::ir::{Clause, Expr, ExprId, Formals, Lambda};
use crate::syntax::Expander;
use crate::syntax::define::{Context, Element, ElementKind, Place, Rhs};
use crate::syntax::object::Stx;
use kestrel_runtime::Value;
use std::rc::Rc;

/// A record type being defined.
pub struct RecordType {
    name: Value,
    place: Place,
    fields: Vec<Value>,
    /// For each of the constructor's parameters, its field.
    parameters: Vec<usize>,
}

/// What one of the definitions binds.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// The type itself.
    Type,
    /// The constructor.
    Constructor,
    /// The predicate.
    Predicate,
    /// A field's accessor.
    Accessor(usize),
    /// A field's modifier.
    Modifier(usize),
}

const SHAPE: &str = "(define-record-type name (constructor field …) predicate (field accessor [modifier]) …)";

impl Expander<'_> {
    pub(in crate::syntax) fn scan_record_type(&mut self, cx: &mut Context, form: Stx) {
        if self.try_record_type(cx, form).is_none() {
            self.bad_form(form, SHAPE);
        }
    }

    fn try_record_type(&mut self, cx: &mut Context, form: Stx) -> Option<()> {
        let parts = self.syntax().list(form).filter(|p| p.len() >= 3)?;
        let name = self.syntax().symbol(parts[1])?;
        let mut fields = Vec::new();
        let mut procedures: Vec<(Stx, Part)> = Vec::new();
        for (i, &spec) in parts.iter().skip(4).enumerate() {
            let spec = self.syntax().list(spec)?;
            fields.push((self.syntax().symbol(*spec.first()?)?, spec[0]));
            for (j, &id) in spec.iter().enumerate().skip(1) {
                self.syntax().symbol(id)?;
                match j {
                    1 => procedures.push((id, Part::Accessor(i))),
                    2 => procedures.push((id, Part::Modifier(i))),
                    _ => return None,
                }
            }
        }
        let ids: Vec<Stx> = fields.iter().map(|f| f.1).collect();
        self.check_distinct(&ids, "field", form);
        let mut parameters: Vec<usize> = (0..fields.len()).collect();
        if let Some((id, list)) = self.syntax().uncons(parts[2]) {
            self.syntax().symbol(id)?;
            parameters.clear();
            for parameter in self.syntax().list(list)? {
                let symbol = self.syntax().symbol(parameter)?;
                let Some(i) = fields.iter().position(|f| f.0 == symbol && f.1.set == parameter.set) else {
                    let text = self.text(symbol);
                    self.error(parameter, format!("`{text}` is not a field of this record type"));
                    continue;
                };
                if parameters.contains(&i) {
                    let text = self.text(symbol);
                    self.error(parameter, format!("duplicate parameter `{text}`"));
                }
                parameters.push(i);
            }
            procedures.insert(0, (id, Part::Constructor));
        } else if self.syntax().symbol(parts[2]).is_some() {
            procedures.insert(0, (parts[2], Part::Constructor));
        } else if self.world.syntax.atom(parts[2]).is_ok_and(|d| !is_boolean(d)) {
            return None;
        }
        if let Some(&predicate) = parts.get(3) {
            if self.syntax().symbol(predicate).is_some() {
                procedures.insert(0, (predicate, Part::Predicate));
            } else if self.world.syntax.atom(predicate).is_ok_and(|d| !is_boolean(d)) {
                return None;
            }
        }
        let ids: Vec<Stx> = std::iter::once(parts[1]).chain(procedures.iter().map(|p| p.0)).collect();
        let names: Vec<_> = ids.iter().map(|&id| (self.syntax().symbol(id), id.set)).collect();
        if let Some(i) = (1..ids.len()).find(|&i| names[..i].contains(&names[i])) {
            let text = self.text(names[i].0?);
            self.error(ids[i], format!("`{text}` is defined twice by this record type"));
            return Some(());
        }
        let place = self.define_place(cx, parts[1]);
        let fields = fields.into_iter().map(|f| f.0).collect();
        let record = Rc::new(RecordType { name, place, fields, parameters });
        let kind = ElementKind::Define(place, Rhs::Record(record.clone(), Part::Type));
        cx.elements.push(Element { form, kind });
        for (id, part) in procedures {
            let place = self.define_place(cx, id);
            let kind = ElementKind::Define(place, Rhs::Record(record.clone(), part));
            cx.elements.push(Element { form, kind });
        }
        Some(())
    }

    /// The value of one of the definitions.
    pub(in crate::syntax) fn record_part(&mut self, record: &RecordType, part: Part, name: Value, at: Stx) -> ExprId {
        let arity = match part {
            Part::Type => {
                let fields = self.host.vector(record.fields.len());
                for (i, &field) in record.fields.iter().enumerate() {
                    self.host.init_element(fields, i, field);
                }
                let name = self.constant(record.name, at);
                let fields = self.constant(fields, at);
                return self.call_helper("%make-record-type", vec![name, fields], at);
            }
            Part::Constructor => record.parameters.len(),
            Part::Predicate | Part::Accessor(_) => 1,
            Part::Modifier(_) => 2,
        };
        let outer = self.enter_procedure(name);
        let required: Vec<_> = match part {
            Part::Constructor => record.parameters.iter().map(|&i| self.variable(record.fields[i], false)).collect(),
            _ => ["record", "value"][..arity].iter().map(|n| self.temporary(n)).collect(),
        };
        let mut args: Vec<ExprId> = required.iter().map(|&v| self.local_ref(v, at)).collect();
        let rtd = self.place_ref(record.place, at);
        let body = match part {
            Part::Constructor => {
                let mut all = vec![rtd];
                for field in 0..record.fields.len() {
                    all.push(match record.parameters.iter().position(|&p| p == field) {
                        Some(p) => args[p],
                        None => self.constant(Value::FALSE, at),
                    });
                }
                self.call_helper("%record", all, at)
            }
            Part::Predicate | Part::Type => {
                args.push(rtd);
                self.call_helper("%record?", args, at)
            }
            Part::Accessor(i) => {
                let index = self.constant(Value::fixnum(i as i64), at);
                let who = self.constant(name, at);
                self.call_helper("%record-ref", vec![args[0], rtd, index, who], at)
            }
            Part::Modifier(i) => {
                let index = self.constant(Value::fixnum(i as i64), at);
                let who = self.constant(name, at);
                self.call_helper("%record-set!", vec![args[0], rtd, index, args[1], who], at)
            }
        };
        self.leave_procedure(outer);
        let clauses = vec![Clause { formals: Formals { required, rest: None }, body }];
        self.node(Expr::Lambda(Lambda { name, clauses }), at)
    }
}

fn is_boolean(datum: &crate::reader::datum::DatumKind) -> bool {
    matches!(datum, crate::reader::datum::DatumKind::Immediate(Value::TRUE | Value::FALSE))
}
