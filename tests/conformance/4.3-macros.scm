;; R7RS 4.3: let-syntax, letrec-syntax, syntax-rules, syntax-error. Hygiene is tortured in tests/run/hygiene.
(import (scheme base))

; let-syntax, letrec-syntax
(let-syntax ((given-that (syntax-rules () ((_ test stmt1 stmt2 ...) (if test (begin stmt1 stmt2 ...))))))
  (let ((if #t)) (given-that if (set! if 'now)) if)) => now
(let ((x 'outer))
  (let-syntax ((m (syntax-rules () ((m) x))))
    (let ((x 'inner)) (m)))) => outer
(letrec-syntax
  ((my-or (syntax-rules ()
            ((my-or) #f)
            ((my-or e) e)
            ((my-or e1 e2 ...) (let ((temp e1)) (if temp temp (my-or e2 ...)))))))
  (let ((x #f) (y 7) (temp 8) (let odd?) (if even?))
    (my-or x (let temp) (if y) y))) => 7
(let-syntax () 5) => 5
(letrec-syntax () 5) => 5
(let-syntax ((a (syntax-rules () ((_) 1))) (b (syntax-rules () ((_) 2)))) (list (a) (b))) => (1 2)
(let-syntax ((a (syntax-rules () ((_ x) (list x x))))) (define y 3) (a y)) => (3 3)
(let ((x 1)) (let-syntax ((foo (syntax-rules () ((_ y) (let-syntax ((bar (syntax-rules () ((_) (let ((x 2)) y))))) (bar)))))) (foo x))) => 1
(letrec-syntax ((ev? (syntax-rules () ((_) #t) ((_ a b ...) (od? b ...)))) (od? (syntax-rules () ((_) #f) ((_ a b ...) (ev? b ...))))) (list (ev? 1 2 3 4) (ev? 1 2 3))) => (#t #f)
(let-syntax ((m 5)) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_) 1)) 2)) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_) 1))) (m (syntax-rules () ((_) 2)))) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_) 1))))) => syntax error
(let-syntax) => syntax error

; syntax-rules
(define-syntax be-like-begin (syntax-rules () ((be-like-begin name) (define-syntax name (syntax-rules () ((name expr (... ...)) (begin expr (... ...))))))))
(let () (be-like-begin sequence) (sequence 1 2 3 4)) => 4
(let ((=> #f)) (cond (#t => 'ok))) => ok
(define-syntax simple-let
  (syntax-rules ()
    ((_ (head ... ((x . y) val) . tail) body1 body2 ...) (syntax-error "expected an identifier but got" (x . y)))
    ((_ ((name val) ...) body1 body2 ...) ((lambda (name ...) body1 body2 ...) val ...))))
(simple-let ((a 1) (b 2)) (+ a b)) => 3
(let () (define-syntax f (syntax-rules () ((_ (x . y) v) (syntax-error "bad" (x . y))) ((_ x v) v))) (f (a b) 1)) => syntax error
(syntax-error "always" 1 2) => syntax error
(define-syntax swap! (syntax-rules () ((_ a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
(let ((tmp 1) (other 2)) (swap! tmp other) (list tmp other)) => (2 1)
(define-syntax my-list (syntax-rules () ((_ x ...) (list x ...))))
(my-list) => ()
(my-list 1 2 3) => (1 2 3)
(define-syntax pairs (syntax-rules () ((_ (a b) ...) '((a . b) ...))))
(pairs) => ()
(pairs (1 2) (3 4)) => ((1 . 2) (3 . 4))
(define-syntax flat (syntax-rules () ((_ (a ...) ...) '(a ... ...))))
(flat (1 2) () (3)) => (1 2 3)
(define-syntax regroup (syntax-rules () ((_ (a b ...) ...) '((a ...) (b ... ) ...))))
(regroup (1 2 3) (4 5) (6)) => ((1 4 6) (2 3) (5) ())
(define-syntax distribute (syntax-rules () ((_ x (y ...)) '((x y) ...))))
(distribute a (1 2 3)) => ((a 1) (a 2) (a 3))
(define-syntax last-of (syntax-rules () ((_ x ... y) 'y)))
(last-of 1 2 3) => 3
(last-of 1) => 1
(define-syntax ends (syntax-rules () ((_ x y ... z) '(x z (y ...)))))
(ends 1 2 3 4) => (1 4 (2 3))
(ends 1 2) => (1 2 ())
(define-syntax dotted (syntax-rules () ((_ x y ... z . w) '(x (y ...) z w))))
(dotted 1 2 3 . 4) => (1 (2) 3 4)
(dotted 1 2 3) => (1 (2) 3 ())
(define-syntax tail (syntax-rules () ((_ x . y) 'y)))
(tail 1 2 3) => (2 3)
(tail 1) => ()
(tail 1 . 2) => 2
(define-syntax vec (syntax-rules () ((_ #(x y ...)) '(x (y ...))) ((_ other) 'none)))
(vec #(1 2 3)) => (1 (2 3))
(vec #(1)) => (1 ())
(vec #()) => none
(vec (1 2)) => none
(define-syntax vec-ends (syntax-rules () ((_ #(x ... y z)) '#(z (x ...) y))))
(vec-ends #(1 2 3 4)) => #(4 (1 2) 3)
(define-syntax to-vector (syntax-rules () ((_ x ...) #(x ... end))))
(to-vector 1 2) => #(1 2 end)
(define-syntax literal-data (syntax-rules () ((_ 1) 'one) ((_ "a") 'string) ((_ #\a) 'char) ((_ #t) 'true) ((_ ()) 'null) ((_ 1.5) 'float) ((_ x) 'other)))
(list (literal-data 1) (literal-data "a") (literal-data #\a) (literal-data #t) (literal-data ()) (literal-data 1.5) (literal-data 2) (literal-data "b") (literal-data #f) (literal-data 1.0)) => (one string char true null float other other other other)
(define-syntax for (syntax-rules (in from to) ((_ x in l body) (map (lambda (x) body) l)) ((_ x from a to b body) (do ((x a (+ x 1)) (r '() (cons body r))) ((> x b) (reverse r))))))
(for x in '(1 2 3) (* x x)) => (1 4 9)
(for x from 1 to 4 (* x x)) => (1 4 9 16)
(define-syntax underscore (syntax-rules () ((_ _ x _) 'x)))
(underscore 1 2 3) => 2
(define-syntax under-literal (syntax-rules (_) ((under-literal _) 'underscore) ((under-literal x) 'other)))
(list (under-literal _) (under-literal 5)) => (underscore other)
(define-syntax dots (syntax-rules ::: () ((_ x :::) '((x ...) :::))))
(dots 1 2) => ((1 ...) (2 ...))
(define-syntax dots-literal (syntax-rules (...) ((_ ...) 'dots) ((_ x) 'other)))
(list (dots-literal ...) (dots-literal 1)) => (dots other)
(define-syntax escaped (syntax-rules () ((_ x) '(x (... ...)))))
(escaped 1) => (1 ...)
(define-syntax escaped-many (syntax-rules () ((_ x) '(... (x ... y)))))
(escaped-many 1) => (1 ... y)
(define-syntax keyword-ignored (syntax-rules () ((anything x) 'x)))
(keyword-ignored 5) => 5
(define-syntax nested (syntax-rules () ((_ (a (b c ...) ...) ...) '((a b ... (c ... ...)) ...))))
(nested (1 (2 3 4) (5)) (6)) => ((1 2 5 (3 4)) (6 ()))
(define-syntax first-match (syntax-rules () ((_ a) 1) ((_ a b) 2) ((_ a b ...) 'many) ((_ . a) 'rest)))
(list (first-match x) (first-match x y) (first-match x y z) (first-match) (first-match . 5)) => (1 2 many rest rest)
(define-syntax while (syntax-rules () ((_ c b ...) (let loop () (when c b ... (loop))))))
(let ((i 0) (loop '())) (while (< i 3) (set! loop (cons i loop)) (set! i (+ i 1))) loop) => (2 1 0)
(define-syntax my-if (syntax-rules () ((_ c t e) (cond (c t) (else e)))))
(let ((else #f)) (my-if #f 1 2)) => 2
(let ((if list)) (my-if 1 2 3)) => 2
(define-syntax count-args (syntax-rules () ((_) 0) ((_ x . rest) (+ 1 (count-args . rest)))))
(count-args a b c d) => 4
(define-syntax rev (syntax-rules () ((_ () acc) 'acc) ((_ (x y ...) (acc ...)) (rev (y ...) (x acc ...)))))
(rev (1 2 3) ()) => (3 2 1)
(define-syntax my-let* (syntax-rules () ((_ () body ...) (let () body ...)) ((_ ((n v) . more) body ...) (let ((n v)) (my-let* more body ...)))))
(my-let* ((a 1) (b (+ a 1)) (c (* b 2))) (list a b c)) => (1 2 4)
(define-syntax def2 (syntax-rules () ((_ a b v) (begin (define a v) (define b v)))))
(let () (def2 p q 5) (list p q)) => (5 5)
(def2 top-p top-q 6)
(list top-p top-q) => (6 6)
(define-syntax my-cond (syntax-rules (else) ((_ (else e)) e) ((_ (c e) . rest) (if c e (my-cond . rest)))))
(my-cond (#f 1) (else 2)) => 2
(let () (define-syntax foo (syntax-rules () ((_ a) (let ((b 1)) (+ a b))))) (let ((b 10)) (foo b))) => 11
(let () (define (f) (m)) (define-syntax m (syntax-rules () ((_) 'later))) (f)) => later
(let ((x 1)) (define-syntax setx (syntax-rules () ((_ v) (set! x v)))) (let ((x 2)) (setx 5) x)) => 2
(let ((x 1)) (define-syntax setx (syntax-rules () ((_ v) (set! x v)))) (let ((x 2)) (setx 5)) x) => 5
(let-syntax ((foo (syntax-rules () ((_ (x ...)) '(x ... . end))))) (foo (1 2))) => (1 2 . end)
(let-syntax ((foo (syntax-rules () ((_ x) `(x ,x ,@(list x)))))) (foo 5)) => (5 5 5)
(let-syntax ((foo (syntax-rules () ((_ #(a #(b ...)) ...) '((a b ...) ...))))) (foo #(1 #(2 3)) #(4 #()))) => ((1 2 3) (4))

; errors
(let-syntax ((m (syntax-rules () ((_ ()) 1)))) (m 5)) => syntax error
(let-syntax ((m (syntax-rules () ((_ x x) 1)))) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_ x ... y ...) 1)))) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_ x) (x ...))))) (m 1)) => syntax error
(let-syntax ((m (syntax-rules () ((_ x ...) x)))) (m 1)) => syntax error
(let-syntax ((m (syntax-rules () ((_ ... x) 1)))) 1) => syntax error
(let-syntax ((m (syntax-rules 5 ((_) 1)))) 1) => syntax error
(let-syntax ((m (syntax-rules (5) ((_) 1)))) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_))))) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_) 1 2)))) 1) => syntax error
(let-syntax ((m (syntax-rules () (5 1)))) 1) => syntax error
(let-syntax ((m (syntax-rules () ((_) 1)))) (m 1)) => syntax error
(let-syntax ((m (syntax-rules () ((_) 1)))) m) => syntax error
(let-syntax ((m (syntax-rules () ((_ x) 1)))) (m)) => syntax error
(let-syntax ((m (syntax-rules ()))) (m)) => syntax error
(let-syntax ((m (syntax-rules () ((_) 1)))) (set! m 2)) => syntax error
(syntax-rules () ((_) 1)) => syntax error
else => syntax error
(=> 1) => syntax error
... => syntax error
_ => syntax error
(let ((x else)) x) => syntax error
