//! The read-eval-print loop on a terminal: line editing, history and completion by rustyline.
//!
//! A line is complete when the reader says that its text is (see [`Engine::is_complete`]), so brackets inside strings, characters and comments do not
//! count. A line that begins with a comma and a word is a [`Command`]. Errors are shown and the loop goes on; Ctrl-C stops the running program at its next safepoint, or clears the line being edited.

mod command;
mod helper;

use crate::engine::{Engine, Failure};
use command::Command;
use helper::ReplHelper;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Lines of history that are kept.
const HISTORY_LINES: usize = 10_000;

/// Where the history lives: `$KESTREL_HISTORY`, else `kestrel/history` in the user's state folder (XDG Base Directory specification).
fn history_path() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("KESTREL_HISTORY") {
        return Some(path.into());
    }
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/state")))?;
    Some(state.join("kestrel").join("history"))
}

/// Runs until end of input or `(exit)`; answers the exit status.
pub fn run(engine: &mut Engine) -> u8 {
    let config = Config::builder()
        .max_history_size(HISTORY_LINES)
        .and_then(|c| c.history_ignore_dups(true))
        .map(|c| c.completion_type(CompletionType::List).auto_add_history(false).bracketed_paste(true).build());
    let mut editor = match config.and_then(Editor::<ReplHelper, FileHistory>::with_config) {
        Ok(editor) => editor,
        Err(e) => {
            eprintln!("kestrel: the terminal cannot be used: {e}");
            return 1;
        }
    };
    let history = history_path();
    if let Some(path) = &history {
        // There is none on the first run.
        let _ = editor.load_history(path);
    }
    println!("Kestrel {}. ,help tells more; (exit) or Ctrl-D leaves.", env!("CARGO_PKG_VERSION"));
    let status = read_eval_print(engine, &mut editor);
    if let Some(path) = &history {
        let saved = path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(ReadlineError::from);
        if let Err(e) = saved.and_then(|()| editor.save_history(path)) {
            eprintln!("kestrel: the history was not saved to {}: {e}", path.display());
        }
    }
    status
}

fn read_eval_print(engine: &mut Engine, editor: &mut Editor<ReplHelper, FileHistory>) -> u8 {
    loop {
        editor.set_helper(Some(ReplHelper::new(engine.names())));
        let text = match editor.readline("> ") {
            Ok(text) => text,
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => return 0,
            Err(e) => {
                eprintln!("kestrel: {e}");
                return 1;
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        // Adding to the in-memory history fails only if it is disabled.
        let _ = editor.add_history_entry(text.as_str());
        let left = match Command::parse(&text) {
            None => evaluate(engine, &text),
            Some(Command::Time(expression)) => time(engine, expression),
            Some(Command::Load("")) => say(",load takes the name of a file\n"),
            Some(Command::Load(file)) => {
                let name = file.trim_matches('"').replace('\\', "\\\\").replace('"', "\\\"");
                evaluate(engine, &format!("(load \"{name}\")"))
            }
            Some(Command::Apropos(part)) => {
                let width = editor.dimensions().map_or(80, |(columns, _)| columns.into());
                say(&command::apropos(&mut engine.names(), part, width))
            }
            Some(Command::Help) => say(&command::help()),
            Some(Command::Unknown(word)) => say(&format!("there is no command {word}; ,help lists them\n")),
            Some(Command::Exit) => Some(0),
        };
        if let Some(status) = left {
            return status;
        }
    }
}

fn say(text: &str) -> Option<u8> {
    print!("{text}");
    None
}

/// Evaluates a text and shows the values of its forms; answers the exit status if it leaves.
fn evaluate(engine: &mut Engine, text: &str) -> Option<u8> {
    engine.clear_interrupt();
    let outcome = engine.eval_each("repl", text, |engine, values| {
        engine.fresh_line();
        values.iter().for_each(|v| println!("{v}"));
    });
    engine.fresh_line();
    if let Err(failure) = engine.flush() {
        eprint!("{}", engine.render(&failure));
    }
    match outcome {
        Ok(()) => {}
        Err(Failure::Exit(status)) => return Some(status),
        Err(Failure::Interrupted) => println!("interrupted"),
        Err(failure) => eprint!("{}", engine.render(&failure)),
    }
    None
}

/// Evaluates a text, and tells how long it took.
fn time(engine: &mut Engine, text: &str) -> Option<u8> {
    let (before, start) = (engine.gc_counts(), Instant::now());
    let left = evaluate(engine, text);
    let (took, after) = (start.elapsed(), engine.gc_counts());
    let collections = (after.minor + after.major) - (before.minor + before.major);
    let pauses = after.pause_total - before.pause_total;
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    println!("{:.3} ms, {collections} collections in {:.3} ms of it", ms(took), ms(pauses));
    left
}
