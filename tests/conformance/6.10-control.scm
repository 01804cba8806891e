;; R7RS 6.10: procedure?, apply, map and its like, call/cc, values, dynamic-wind
(import (scheme base) (scheme char) (scheme cxr))

; procedure?
(procedure? car) => #t
(procedure? 'car) => #f
(procedure? (lambda (x) (* x x))) => #t
(procedure? '(lambda (x) (* x x))) => #f
(call-with-current-continuation procedure?) => #t
(procedure? (make-parameter 1)) => #t
(procedure? "car") => #f
(procedure?) => error

; apply
(apply + (list 3 4)) => 7
(apply + 1 2 '(3 4)) => 10
(apply + '()) => 0
(apply list 1 2 '()) => (1 2)
(apply list '(1 2 3)) => (1 2 3)
(apply (lambda args args) '(1 2)) => (1 2)
(apply (lambda (a . b) (list a b)) 1 '(2 3)) => (1 (2 3))
(apply apply (list + (list 1 2))) => 3
(define compose (lambda (f g) (lambda args (f (apply g args)))))
((compose - *) 12 75) => -900
(apply max (let loop ((i 0) (l '())) (if (= i 1000) l (loop (+ i 1) (cons i l))))) => 999
(call-with-values (lambda () (apply values '(1 2))) list) => (1 2)
(apply + 1 2) => error
(apply + '(1 . 2)) => error
(apply 5 '()) => error
(apply car '(1 2)) => error
(apply + 1 '(a)) => error
(apply) => error

; map
(map cadr '((a b) (d e) (g h))) => (b e h)
(map (lambda (n) (expt n n)) '(1 2 3 4 5)) => (1 4 27 256 3125)
(map + '(1 2 3) '(4 5 6)) => (5 7 9)
(map + '(1 2 3) '(10 20)) => (11 22)
(map + '(1) '(10 20)) => (11)
(map + '() '(1 2)) => ()
(map car '()) => ()
(map (lambda (a b c) (list a b c)) '(1 2) '(a b) '("x" "y")) => ((1 a "x") (2 b "y"))
(map + '(1 2) (let ((l (list 1))) (set-cdr! l l) l)) => (2 3)
(let ((count 0)) (let ((l (map (lambda (ignored) (set! count (+ count 1)) count) '(a b)))) (or (equal? l '(1 2)) (equal? l '(2 1))))) => #t
(map (lambda (x) (+ x 1)) '(1 . 2)) => error
(map car 5) => error
(map 5 '(1)) => error
(map car) => error
(map (lambda (x) x) '(1 2) '(3 4)) => error

; string-map
(string-map char-foldcase "AbdEgH") => "abdegh"
(string-map (lambda (c) (integer->char (+ 1 (char->integer c)))) "HAL") => "IBM"
(string-map (lambda (c k) ((if (eqv? k #\u) char-upcase char-downcase) c)) "studlycaps xxx" "ululululul") => "StUdLyCaPs"
(string-map char-upcase "") => ""
(string-map (lambda (a b) b) "abc" "xy") => "xy"
(string-map (lambda (a b c) c) "abc" "xyz" "λμν") => "λμν"
(string-map (lambda (c) 1) "a") => error
(string-map char-upcase 'a) => error

; vector-map
(vector-map cadr '#((a b) (d e) (g h))) => #(b e h)
(vector-map (lambda (n) (expt n n)) #(1 2 3 4 5)) => #(1 4 27 256 3125)
(vector-map + #(1 2) #(10 20 30)) => #(11 22)
(vector-map car #()) => #()
(vector-map list #(1 2) #(a b) #("x" "y")) => #((1 a "x") (2 b "y"))
(vector-map car '(1)) => error
(vector-map 5 #(1)) => error

; for-each
(let ((v (make-vector 5))) (for-each (lambda (i) (vector-set! v i (* i i))) '(0 1 2 3 4)) v) => #(0 1 4 9 16)
(let ((l '())) (for-each (lambda (x y) (set! l (cons (+ x y) l))) '(1 2 3) '(10 20)) l) => (22 11)
(let ((l '())) (for-each (lambda (x) (set! l (cons x l))) '()) l) => ()
(let ((l '())) (for-each (lambda (x) (set! l (cons x l))) '(1 2 3)) l) => (3 2 1)
(for-each car '(1)) => error
(for-each (lambda (x) x) '(1 . 2)) => error

; string-for-each
(let ((v '())) (string-for-each (lambda (c) (set! v (cons (char->integer c) v))) "abcde") v) => (101 100 99 98 97)
(let ((v '())) (string-for-each (lambda (a b) (set! v (cons (string a b) v))) "abc" "xy") v) => ("by" "ax")
(let ((v '())) (string-for-each (lambda (c) (set! v (cons c v))) "") v) => ()
(string-for-each car "a") => error
(string-for-each (lambda (c) c) '(#\a)) => error

; vector-for-each
(let ((v (make-list 5))) (vector-for-each (lambda (i) (list-set! v i (* i i))) '#(0 1 2 3 4)) v) => (0 1 4 9 16)
(let ((l '())) (vector-for-each (lambda (x y) (set! l (cons (+ x y) l))) #(1 2 3) #(10 20)) l) => (22 11)
(let ((l '())) (vector-for-each (lambda (x) (set! l (cons x l))) #()) l) => ()
(vector-for-each car '(1)) => error

; call/cc
(call-with-current-continuation (lambda (exit) (for-each (lambda (x) (if (negative? x) (exit x))) '(54 0 37 -3 245 19)) #t)) => -3
(define list-length
  (lambda (obj)
    (call-with-current-continuation
      (lambda (return)
        (letrec ((r (lambda (obj) (cond ((null? obj) 0) ((pair? obj) (+ (r (cdr obj)) 1)) (else (return #f))))))
          (r obj))))))
(list-length '(1 2 3 4)) => 4
(list-length '(a b . c)) => #f
(call/cc (lambda (k) 5)) => 5
(call/cc (lambda (k) (k 5))) => 5
(+ 1 (call/cc (lambda (k) (+ 10 (k 5))))) => 6
(call-with-values (lambda () (call/cc (lambda (k) (k 1 2)))) list) => (1 2)
(call-with-values (lambda () (call/cc (lambda (k) (k)))) list) => ()
(let ((k #f) (n 0)) (call/cc (lambda (c) (set! k c))) (set! n (+ n 1)) (if (< n 5) (k #f) n)) => 5
(let ((k #f) (n 0)) (let ((v (call/cc (lambda (c) (set! k c) 0)))) (set! n (+ n v)) (if (< v 4) (k (+ v 1)) n))) => 10
(let ((r '())) (let ((v (call/cc (lambda (k) k)))) (set! r (cons 1 r)) (if (procedure? v) (v 'again) (list v r)))) => (again (1 1))
(call/cc 5) => error
(call/cc) => error
(call/cc (lambda () 1)) => error
(procedure? (call/cc (lambda (k) k))) => #t
(map (lambda (x) (call/cc (lambda (k) (if (odd? x) (k 'odd) 'even)))) '(1 2 3)) => (odd even odd)
(let ((k #f) (count 0) (first #f))
  (let ((l (map (lambda (x) (call/cc (lambda (c) (if (= x 2) (set! k c)) x))) '(1 2 3))))
    (set! count (+ count 1))
    (cond ((= count 1) (set! first l) (k 'two)) (else (list first l))))) => ((1 2 3) (1 two 3))
(let ((k #f) (count 0) (first #f))
  (let ((l (vector-map (lambda (x) (call/cc (lambda (c) (if (= x 2) (set! k c)) x))) #(1 2 3))))
    (set! count (+ count 1))
    (cond ((= count 1) (set! first l) (k 'two)) (else (list first l))))) => (#(1 2 3) #(1 two 3))
(let ((k #f) (count 0) (first #f))
  (let ((l (string-map (lambda (x) (call/cc (lambda (c) (if (char=? x #\b) (set! k c)) x))) "abc")))
    (set! count (+ count 1))
    (cond ((= count 1) (set! first l) (k #\X)) (else (list first l))))) => ("abc" "aXc")
(define (tree-walk tree) (call/cc (lambda (return) (for-each (lambda (x) (call/cc (lambda (next) (return (cons x next))))) tree) (return 'done))))
(car (tree-walk '(1 2 3))) => 1
(define (generate-list l)
  (define return #f)
  (define (gen)
    (call/cc (lambda (r)
      (set! return r)
      (for-each (lambda (x) (call/cc (lambda (next) (set! gen (lambda () (next #f))) (return x)))) l)
      (return 'end))))
  (lambda () (call/cc (lambda (r) (set! return r) (gen)))))
(let ((g (generate-list '(a b c)))) (let* ((x (g)) (y (g)) (z (g)) (e (g))) (list x y z e))) => (a b c end)

; values, call-with-values
(call-with-values (lambda () (values 4 5)) (lambda (a b) b)) => 5
(call-with-values * -) => -1
(call-with-values (lambda () 5) list) => (5)
(call-with-values values list) => ()
(call-with-values (lambda () (values)) list) => ()
(call-with-values (lambda () (values 1)) list) => (1)
(values 5) => 5
(+ 1 (values 2)) => 3
(call-with-values (lambda () (values 1 2 3 4 5 6 7 8 9 10)) list) => (1 2 3 4 5 6 7 8 9 10)
(call-with-values (lambda () (call-with-values (lambda () (values 1 2)) values)) list) => (1 2)
(call-with-values (lambda () (if #t (values 1 2) 3)) (lambda x x)) => (1 2)
(begin (values 1 2) 3) => 3
(call-with-values (lambda () (values 1 2)) (lambda (a) a)) => error
(call-with-values (lambda () 1) (lambda (a b) a)) => error
(call-with-values 5 list) => error
(call-with-values list 5) => error
(+ 1 (values 1 2)) => error
(+ 1 (values)) => error
(list (values)) => error
(let ((x (values 1 2))) x) => error
(let* ((x (values))) x) => error
(letrec ((x (values 1 2))) x) => error
(let () (define x (values 1 2)) x) => error
(let ((x 0)) (set! x (values 1 2)) x) => error
(if (values 1 2) 3 4) => error
(and (values 1 2) 3) => error
(or (values) 3) => error
(cond ((values 1 2) 3)) => error
(case (values 1 2) ((1) 1)) => error
(let-values (((a b) (values 1 2 3))) a) => error
(let-values (((a b) 1)) a) => error
(let*-values (((a b . c) (values 1))) a) => error
(let () (define-values (a b) (values 1)) a) => error
(make-parameter (values 1 2)) => error
(+ 1 (call/cc (lambda (k) (k 1 2)))) => error
(+ 1 (call/cc (lambda (k) (k)))) => error
(map (lambda (x) (values 1 2)) '(1 2)) => error
(vector-map (lambda (x) (values)) #(1 2)) => error
(raise (values 1 2)) => error
(begin (values) 3) => 3
(begin (call/cc (lambda (k) (k 1 2))) 'fine) => fine
(begin (call/cc (lambda (k) (k))) 'fine) => fine
((lambda () (values 1 2) (values) 'ok)) => ok
(let () (values 1 2) 'ok) => ok
(when #t (values 1 2) 'ok) => ok
(do ((i 0 (+ i 1))) ((= i 2) (values i i) 'ok) (values 1 2 3)) => ok
(begin (for-each (lambda (x) (values 1 2)) '(1 2)) 'ok) => ok
(begin (vector-for-each (lambda (x) (values)) #(1 2)) 'ok) => ok
(begin (string-for-each (lambda (c) (values 1 2)) "ab") 'ok) => ok
(call-with-values (lambda () (dynamic-wind (lambda () (values 1 2)) (lambda () (values 3 4)) (lambda () (values)))) list) => (3 4)
(call-with-values (lambda () (parameterize () (values 1 2))) list) => (1 2)
(call-with-values (lambda () (and 1 (or #f (cond (else (case 1 ((1) (values 1 2)))))))) list) => (1 2)
(call-with-values (lambda () (do () (#t (values)))) list) => ()
(call-with-values (lambda () (call/cc (lambda (k) (dynamic-wind (lambda () #f) (lambda () (k 1 2 3)) (lambda () #f))))) list) => (1 2 3)
(call-with-values (lambda () (apply values (make-list 100 1))) (lambda l (length l))) => 100

; dynamic-wind
(let ((path '()) (c #f))
  (let ((add (lambda (s) (set! path (cons s path)))))
    (dynamic-wind (lambda () (add 'connect))
                  (lambda () (add (call-with-current-continuation (lambda (c0) (set! c c0) 'talk1))))
                  (lambda () (add 'disconnect)))
    (if (< (length path) 4) (c 'talk2) (reverse path)))) => (connect talk1 disconnect connect talk2 disconnect)
(dynamic-wind (lambda () 1) (lambda () 2) (lambda () 3)) => 2
(call-with-values (lambda () (dynamic-wind (lambda () 1) (lambda () (values 2 3)) (lambda () 4))) list) => (2 3)
(let ((l '())) (dynamic-wind (lambda () (set! l (cons 'in l))) (lambda () (set! l (cons 'body l))) (lambda () (set! l (cons 'out l)))) (reverse l)) => (in body out)
(let ((l '()))
  (call/cc (lambda (k)
    (dynamic-wind (lambda () (set! l (cons 1 l)))
                  (lambda () (dynamic-wind (lambda () (set! l (cons 2 l))) (lambda () (k 'out)) (lambda () (set! l (cons 3 l)))))
                  (lambda () (set! l (cons 4 l))))))
  (reverse l)) => (1 2 3 4)
(let ((l '()) (k #f) (n 0))
  (dynamic-wind (lambda () (set! l (cons 'in1 l)))
                (lambda () (dynamic-wind (lambda () (set! l (cons 'in2 l))) (lambda () (call/cc (lambda (c) (set! k c)))) (lambda () (set! l (cons 'out2 l)))))
                (lambda () (set! l (cons 'out1 l))))
  (set! n (+ n 1))
  (if (< n 2) (k #f))
  (reverse l)) => (in1 in2 out2 out1 in1 in2 out2 out1)
(call/cc (lambda (k) (dynamic-wind (lambda () #f) (lambda () (k 'body)) (lambda () #f)))) => body
(call/cc (lambda (k) (dynamic-wind (lambda () #f) (lambda () 'body) (lambda () (k 'after))))) => after
(call/cc (lambda (k) (dynamic-wind (lambda () (k 'before)) (lambda () 'body) (lambda () 'after)))) => before
(let ((l '())) (call/cc (lambda (k) (dynamic-wind (lambda () (k 'before)) (lambda () 'body) (lambda () (set! l '(after)))))) l) => ()
(let ((x 1)) (dynamic-wind (lambda () (set! x 2)) (lambda () x) (lambda () (set! x 3)))) => 2
(let ((l '()))
  (guard (e (#t (set! l (cons (list 'caught e) l))))
    (dynamic-wind (lambda () (set! l (cons 'in l))) (lambda () (raise 'x)) (lambda () (set! l (cons 'out l)))))
  (reverse l)) => (in out (caught x))
(let* ((l '()) (k (call/cc (lambda (outer) (dynamic-wind (lambda () (set! l (cons 'in l))) (lambda () (call/cc (lambda (inner) (outer inner))) 'done) (lambda () (set! l (cons 'out l))))))))
  (if (procedure? k) (k 'again) (list k (reverse l)))) => (done (in out in out))
(dynamic-wind 5 (lambda () 1) (lambda () 2)) => error
(dynamic-wind (lambda () 1) 5 (lambda () 2)) => error
(dynamic-wind (lambda () 1) (lambda () 2)) => error

; proper tail calls (3.5)
(let loop ((n 0)) (if (< n 1000000) (loop (+ n 1)) n)) => 1000000
(letrec ((e? (lambda (n) (if (= n 0) #t (o? (- n 1))))) (o? (lambda (n) (if (= n 0) #f (e? (- n 1)))))) (e? 100000)) => #t
(let loop ((n 0)) (cond ((= n 100000) n) (else (loop (+ n 1))))) => 100000
(let loop ((n 0)) (and #t (or #f (if (= n 100000) n (loop (+ n 1)))))) => 100000
(let loop ((n 0)) (when #t (unless #f (if (= n 100000) n (loop (+ n 1)))))) => 100000
(let loop ((n 0)) (case n ((100000) n) (else (loop (+ n 1))))) => 100000
(let loop ((n 0)) (if (= n 100000) n (apply loop (list (+ n 1))))) => 100000
(let loop ((n 0)) (if (= n 100000) n (call/cc (lambda (k) (loop (+ n 1)))))) => 100000
(let loop ((n 0)) (if (= n 100000) n (call-with-values (lambda () (values n 1)) (lambda (a b) (loop (+ a b)))))) => 100000
(let loop ((n 0)) (cond ((= n 100000) n) ((+ n 1) => loop))) => 100000
(let loop ((n 0)) (case n ((100000) n) (else => (lambda (n) (loop (+ n 1)))))) => 100000
(let loop ((n 0)) (do () (#t (if (= n 100000) n (loop (+ n 1)))))) => 100000
(let loop ((n 0)) (let* ((m (+ n 1))) (letrec ((x m)) (let-values (((y) x)) (if (= y 100000) y (loop y)))))) => 100000
(let loop ((n 0)) (guard (e (#t (if (= n 100000) n (loop (+ n 1))))) (raise 'x))) => 100000
(let loop ((n 0)) (guard (e ((= n 100000) n) ((symbol? e) => (lambda (t) (loop (+ n 1))))) (raise 'x))) => 100000
(let loop ((n 0)) ((call/cc (lambda (k) (k (lambda () (if (= n 100000) n (loop (+ n 1)))))))) ) => 100000
