;; R7RS 6.3: booleans
(import (scheme base))
#t => #t
#f => #f
'#f => #f
#true => #t
#false => #f
(not 3) => #f
(not (list 3)) => #f
(not #f) => #t
(not #t) => #f
(not '()) => #f
(not (list)) => #f
(not 'nil) => #f
(not 0) => #f
(not "") => #f
(not (if #f #f)) => #f
(not) => error
(not 1 2) => error
(boolean? #f) => #t
(boolean? #t) => #t
(boolean? 0) => #f
(boolean? '()) => #f
(boolean? 'true) => #f
(boolean? "#t") => #f
(boolean? (= 1 1)) => #t
(boolean?) => error
(boolean=? #t #t) => #t
(boolean=? #f #f) => #t
(boolean=? #t #f) => #f
(boolean=? #t #t #t) => #t
(boolean=? #f #f #f #f) => #t
(boolean=? #t #t #f) => #f
(boolean=? #f #t #t) => #f
(boolean=? 1 #t) => error
(boolean=? #t 1) => error
(boolean=? #t #f 1) => error
(boolean=? #f '()) => error
(if (boolean=? #f #f) 'same 'different) => same
(apply boolean=? (list #t #t)) => #t
(map not '(#t #f 0 ())) => (#f #t #f #f)
(boolean=? #t #t 'a) => error
(boolean=? #t #f #f #t) => #f
(boolean? #true) => #t
(boolean? 'f) => #f
(boolean? "#f") => #f
(boolean? (vector)) => #f
(if '() 'true 'false) => true
(if "" 'true 'false) => true
(if #() 'true 'false) => true
(if 0.0 'true 'false) => true
(if (eof-object) 'true 'false) => true
(if #false 'true 'false) => false
(eq? #t '#true) => #t
(eq? #f (not #t)) => #t
(boolean=?) => error
