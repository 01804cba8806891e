;; R7RS 6.5: symbols
(import (scheme base) (scheme write))
(symbol? 'foo) => #t
(symbol? (car '(a b))) => #t
(symbol? "bar") => #f
(symbol? 'nil) => #t
(symbol? '()) => #f
(symbol? #f) => #f
(symbol? #\a) => #f
(symbol? 5) => #f
(symbol? car) => #f
(symbol? ''a) => #f
(symbol?) => error
(symbol=? 'a 'a) => #t
(symbol=? 'a 'b) => #f
(symbol=? 'a 'a 'a) => #t
(symbol=? 'a 'a 'b) => #f
(symbol=? 'a 'b 'b) => #f
(symbol=? 'a (string->symbol "a") '|a|) => #t
(symbol=? 'a 'A) => #f
(symbol=? 'a "a") => error
(symbol=? "a" 'a) => error
(symbol=? 'a 'b 1) => error
(symbol->string 'flying-fish) => "flying-fish"
(symbol->string 'Martin) => "Martin"
(symbol->string (string->symbol "Malvina")) => "Malvina"
(symbol->string '|a b|) => "a b"
(symbol->string 'λ) => "λ"
(symbol->string '||) => ""
(symbol->string "a") => error
(symbol->string 5) => error
(string-set! (symbol->string 'abc) 0 #\x) => error
(string->symbol "mISSISSIppi") => mISSISSIppi
(eqv? 'bitBlt (string->symbol "bitBlt")) => #t
(eqv? 'LollyPop (string->symbol (symbol->string 'LollyPop))) => #t
(string=? "K. Harper, M.D." (symbol->string (string->symbol "K. Harper, M.D."))) => #t
(string->symbol "a b") => |a b|
(string->symbol "") => ||
(string->symbol "1") => |1|
(string->symbol "+1") => |+1|
(string->symbol ".") => |.|
(string->symbol "#foo") => |#foo|
(string->symbol "a|b") => |a\|b|
(string->symbol "A") => A
(string->symbol "a(b") => |a(b|
(string->symbol "a;b") => |a;b|
(string->symbol "a\"b") => |a"b|
(string->symbol "a'b") => |a'b|
(string->symbol "+inf.0") => |+inf.0|
(string->symbol "1/2") => |1/2|
(string->symbol "1e5") => |1e5|
(string->symbol "...") => ...
(string->symbol "+") => +
(string->symbol "-") => -
(string->symbol "->a") => ->a
(string->symbol "a\nb") => |a\nb|
(string->symbol "a\tb") => |a\tb|
(string->symbol "é") => é
(string->symbol 'a) => error
(string->symbol #\a) => error
(eq? (string->symbol "abc") 'abc) => #t
(let ((s (string #\a #\b))) (let ((y (string->symbol s))) (string-set! s 0 #\z) (symbol->string y))) => "ab"
(string->symbol (string-append "a" "b")) => ab

; what must be written with bars, and what need not
(string->symbol "+i") => |+i|
(string->symbol "-i") => |-i|
(string->symbol "-nan.0") => |-nan.0|
(string->symbol "1@2") => |1@2|
(string->symbol ".5") => |.5|
(string->symbol "-.5") => |-.5|
(string->symbol "..") => ..
(string->symbol "a.b") => a.b
(string->symbol "+a") => +a
(string->symbol "--") => --
(string->symbol "+.a") => +.a
(string->symbol "a\\b") => |a\\b|
(string->symbol "'a") => |'a|
(string->symbol "`a") => |`a|
(string->symbol ",a") => |,a|
(string->symbol "a b\tc") => |a b\tc|
(string->symbol "\x0;") => |\x0;|
(string->symbol "a)") => |a)|
(string->symbol "#t") => |#t|
(string->symbol "é") => é
(map (lambda (s) (eq? (string->symbol s) (string->symbol (string-append s "")))) '("" "1" "a b" "λ")) => (#t #t #t #t)
(eq? (string->symbol "λ") 'λ) => #t
(symbol->string (string->symbol "\x1F600;")) => "😀"
(string-length (symbol->string '|\x1F600;|)) => 1
(symbol=? '|a| 'a) => #t
(symbol=? 1 'a) => error
(symbol->string 'a 'b) => error
(string->symbol "a" "b") => error
(string->symbol) => error
(symbol? (string->symbol "1")) => #t
(map symbol->string '(|1| |a b| ||)) => ("1" "a b" "")
