;; Scenes for all systems; scenes.py says how they are written. What each prints is fixed by R7RS: effects occur only in bodies, `let*` and branches.

;; Numbers and loops ---------------------------------------------------------------------------------------------------

;; An accumulator leaves the fixnums and comes back.
(scene across-the-fixnums
  (with (op (? one + - + *)) (step (? one 1 2 3 1000 576460752303423488 1152921504606846975)) (count (? number 1 12)) (start (? edge)))
  (define ($up n a) (if (= n 0) a ($up (- n 1) ($op a $step))))
  (define ($down n a) (do ((i 0 (+ i 1)) (x a (- x $step)) (seen '() (if (< x (? edge)) (cons i seen) seen))) ((= i n) (list x seen))))
  (out '$up (list ($up $count $start) ($up 0 $start) ($up $count (- $start)) ($down $count $start) ($down $count (+ $start $step)))))
(scene growing
  (with (by (? one 2 3 -3 7 10 65536 1073741824)) (n (? number 1 40)))
  (define ($up n a) (if (= n 0) a ($up (- n 1) (* a $by))))
  (define ($down a n) (if (or (= a 0) (= n 0)) (list a n) ($down (quotient a $by) (- n 1))))
  (define ($product n) (if (< n 2) 1 (* n ($product (- n 1)))))
  (out '$up (list ($up $n 1) ($up $n (? number -9 9)) ($down ($up $n 3) (quotient $n 2)) ($down ($up $n 1) 100) ($product (? number 0 30)))))
;; Constant arithmetic near the limits, by itself and through variables.
(scene folded
  (with (a (? edge)) (b (? one (? edge) (? number 1 9) (? number -9 -1))) (op (? one + - * quotient remainder modulo max min gcd floor-quotient)))
  (out '$op (list ($op $a $b) (let ((x $a)) ($op x $b)) (let* ((x $b) (f $op)) (f $a x))
                  ((lambda (x y) (list ($op x y) (= x y) (< x y) (- x) (abs y) (- y x) (+ x y) (* 2 x))) $a $b)))
  (out '$op (list (quotient $a -1) (+ $a 1) (- $a 1) (* $a -1) (- (- $a)) (* $a $a) (exact (inexact $a)) (= $a (inexact $a)) (< $a (inexact $a)) (number->string $a 16))))
(scene folded-more
  (with (a (? edge)) (b (? edge)))
  (define ($f x) (cond ((< x $a) (+ x 1)) ((= x $a) (* x 2)) (else (- x $b))))
  (out '$f (list ($f $a) ($f $b) ($f (- $a 1)) ($f (+ $b 1)) ($f 0) ($f 1.5)))
  (out '$f (call-with-values (lambda () (exact-integer-sqrt (abs $a))) list)))
;; Accumulators that can be raw doubles, beside fixnums, with joins.
(scene flonum-loop
  (define ($f limit)
    (let loop ((i 0) (x (? flonum)) (y (? flonum)))
      (if (>= i limit)
          (list x y)
          (let* ((z (if (? bool (i int) (x flo)) (? flo (x flo) (y flo)) (? flo1 (x flo) (i int)))) (w (clamp-flonum (+ z y))))
            (if (< w x)
                (loop (+ i 1) (clamp-flonum w) x)
                (loop (+ i (? number 1 2)) (? flo (x flo) (y flo) (z flo)) (clamp-flonum (* y 0.5))))))))
  (out '$f (list ($f 0) ($f (? number 1 20)))))
(scene flonum-sums
  (define ($f n x) (do ((i 0 (+ i 1)) (s 0.0 (+ s (/ x (inexact (+ i 1))))) (p 1.0 (* p (? one x 0.5 1.0000001 -0.9)))) ((= i n) (list s p (+ s p)))))
  (define ($g x n) (if (= n 0) x ($g (* 0.5 (+ x (/ (? one 2.0 10.0 0.3) x))) (- n 1))))
  (define ($h cr ci) (let loop ((zr 0.0) (zi 0.0) (n 0)) (if (or (= n 50) (> (+ (* zr zr) (* zi zi)) 4.0)) n (loop (+ (- (* zr zr) (* zi zi)) cr) (+ (* 2.0 zr zi) ci) (+ n 1)))))
  (out '$f (list ($f (? number 0 30) (? one 1.5 -0.1 3.0)) ($g (? one 1.0 3.5 100.0) (? number 0 9)) ($h (? one -0.5 0.3 -1.2 0.25) (? one 0.5 0.02 0.1 0.6)))))
;; An accumulator of another kind of number from one round to the next.
(scene changing-kind
  (define ($f i x)
    (cond
      ((= i 0) x)
      ((odd? i) ($f (- i 1) (clamp-number (? num (i int) (x num)))))
      ((? bool (i int) (x num)) ($f (- i 1) (clamp-number (+ x (? num1 (i int) (x num))))))
      (else ($f (- i 1) (clamp-number (* x (? one 2 -3 65536 1073741824)))))))
  (out '$f (list ($f (? number 0 12) (? int)) ($f (? number 3 20) (? one (? edge) (? flonum) 1/3)))))
;; A known procedure with arguments of different kinds from several places.
(scene several-callers
  (with (a (? int1)) (b (? flo1)) (c (? rat1)) (d (? num1)))
  (define ($f x y) (clamp-number (if (< x y) (? num (x num) (y num)) (- (? num1 (x num) (y num)) y))))
  (define ($g x) (let loop ((i 0) (s 0)) (if (= i 5) s (loop (+ i 1) (clamp-number (+ s ($f x i)))))))
  (out '$f (list ($f $a $b) ($f $c $d) ($f $b $a) ($f $a 1) ($f ($f $a $c) ($f $b $d)) ($g $a) ($g $b))))
(scene known-results
  (define ($f x) (? one (if (< x 0) #f (? int1 (x int))) (cond ((= x 0) 'none) ((odd? x) (? num1 (x int))) (else x)) (if (even? x) (cons x 1) '())))
  (define ($g x) (let ((r ($f x))) (cond ((not r) 'no) ((pair? r) (+ 1 (car r))) ((null? r) 'empty) ((symbol? r) r) ((inexact? r) (floor r)) (else (* 2 r)))))
  (out '$g (map $g '(-2 -1 0 1 2 3 4))))
(scene flonum-vectors
  (with (size (? number 4 9)) (x (? flonum)))
  (define ($dot v w) (do ((i 0 (+ i 1)) (s 0.0 (+ s (* (vector-ref v i) (vector-ref w i))))) ((= i (vector-length v)) (clamp-flonum s))))
  (define $v (make-vector $size $x))
  (do ((i 0 (+ i 1))) ((= i $size)) (vector-set! $v i (/ (inexact (+ i (? number 1 9))) (? one 3.0 7.0 0.1 16.0))))
  (out '$v (list ($dot $v $v) ($dot $v (vector-map (lambda (x) (- (* x x) (? one 1.0 0.25 x))) $v)) (vector->list $v 0 (? number 0 4))))
  (do ((i 1 (+ i 1))) ((= i $size)) (vector-set! $v i (clamp-flonum ((? one + - * max) (vector-ref $v i) (vector-ref $v (- i 1))))))
  (out '$v $v))
(scene number-text
  (out 'parse (map (lambda (s) (string->number s))
                   '((?@ sample 9 "1e3" "-.5" "+5" "1/2" "-6/4" "#xff" "abc" "-" "+" "1.5e-7" "#e1.5" "#i1/4" "1e" "12345678901234567890" "0.1e1" "." "1." "-0" "#b101"
                         "#o17" "1/3/4" "--1" "#d10" "#e1e3" "0.30000000000000004" "123456789.123456789e-3" "4.35" "2.2250738585072014e-308" "9007199254740993" "1e23"))))
  (out 'parse (map (lambda (s) (string->number s (? one 2 8 10 16))) '("10" "-zz" "ff" "1/10" "777" "12" "-1")))
  (out 'digits (map (lambda (r) (digits (? int) r)) '(2 8 10 16)))
  (out 'flonum (let ((x (? flo)) (y (? flo))) (map (lambda (x) (= x (string->number (number->string x)))) (list x y (/ x 3.0) (sqrt (abs y)))))))
(scene exactness
  (out 'exact (let* ((x (? flo)) (y (if (< (abs x) 1e20) x 2.5)))
    (list (exact (floor y)) (exact (round y)) (round y) (truncate y) (exact y) (inexact (exact y)) (integer? y) (= y (exact y)) (exact (ceiling y)) (floor y))))
  (out 'ratio (let* ((q (? rat)) (n (? int)))
    (list (numerator q) (denominator q) (floor q) (round q) (truncate q) (ceiling q) (inexact q) (exact (inexact n)) (inexact n) (< q n) (max q n) (* q n) (+ q 0.5))))
  (out 'power (list (expt (? number -9 9) (? number 0 40)) (expt (? constant rat) (? number 0 9)) (expt (? number 1 9) (? number -9 -1)) (square (? constant rat)) (exact-integer? (? int)) (gcd (? int) 12 -18)
                    (lcm 4 6 (? number 1 9)) (gcd) (lcm) (expt 0 0) (exact-integer? 5/2))))

;; Procedures -----------------------------------------------------------------------------------------------------------

;; Recursion that is unrolled, contified and joined.
(scene recursion
  (define ($fib n) (if (< n (? number 2 3)) (? one n 1 1.5 (? int1 (n int))) ((? one + - +) ($fib (- n 1)) ($fib (- n (? number 2 3))))))
  (define ($tak x y z) (if (not (< y x)) z ($tak ($tak (- x 1) y z) ($tak (- y 1) z x) ($tak (- z 1) x y))))
  (define ($ack m n) (cond ((= m 0) (+ n 1)) ((<= n 0) ($ack (- m 1) 1)) (else ($ack (- m 1) ($ack m (- n 1))))))
  (out '$fib (list ($fib (? number 3 16)) ($tak (? number 0 9) (? number 0 6) (? number 0 4)) ($ack (? number 0 2) (? number 0 5)))))
(scene mutual
  (define ($a n s) (if (<= n 0) (list 'a s) ($b (- n 1) (clamp (? int (n int) (s int))))))
  (define ($b n s) (if (<= n 0) (list 'b s) (if (? bool (n int) (s int)) ($c (- n 2) s) ($a (- n 1) (clamp (? int (n int) (s int)))))))
  (define ($c n s) (if (<= n 0) (list 'c s) (let ((r ($a (quotient n 2) (+ s 1)))) (cons n (if (pair? (cddr r)) r ($b (- n 3) s))))))
  (out '$a (list ($a (? number 0 30) (? int)) ($c (? number 0 30) 1) ($b 1 (? edge)))))
(scene inner-procedures
  (define ($f n x)
    (define (up i acc) (if (> i n) (down n acc) (up (+ i 1) (clamp (? int (i int) (acc int) (x int))))))
    (define (down i acc) (if (= i 0) (leave acc) (down (- i 1) (if (odd? i) (clamp (- acc i)) (+ 1 acc)))))
    (define (leave acc) (if (< acc x) (list 'small acc) (list 'large (- acc x))))
    (if (< n 0) (leave x) (let ((r (up 0 x))) (if (eq? (car r) 'small) (cons n r) (append r (leave n))))))
  (out '$f (list ($f (? number 0 9) (? int)) ($f -1 (? int1)) ($f 3 (? edge)))))
(scene deep
  (with (size (? one 100 10000 30000)))
  (define ($sum l) (if (null? l) (? one 0 0.5 1/2) (+ (car l) ($sum (cdr l)))))
  (define ($build n) (if (= n 0) '() (cons (if (= 0 (modulo n (? number 2 9))) (? one 1 1.5 1/3 1152921504606846975) n) ($build (- n 1)))))
  (define ($copy t) (if (pair? t) (cons ($copy (car t)) ($copy (cdr t))) t))
  (out '$sum (list ($sum ($build $size)) (length ($copy ($build $size))) ($sum (map (lambda (x) (* x 2)) ($build $size))))))
(scene closures
  (define ($make total)
    (let ((calls 0))
      (list (lambda (k) (set! calls (+ calls 1)) (set! total (clamp (? int (k int) (total int)))) total)
            (lambda () calls)
            (lambda (f) (set! total (f total)) (list calls total)))))
  (define $c ($make (? int1)))
  (define $d ($make 0))
  (define $fs (let loop ((k 0) (fs '())) (if (= k 4) fs (loop (+ k 1) (cons (lambda (x) (set! k (+ k x)) k) fs)))))
  (for-each (lambda (k) ((car $c) k) (if (odd? k) ((car $d) k))) (list (?@ ints -5 20 1 8)))
  (for-each (lambda (f) (note (f 1)) (note (f 10))) $fs)
  (out '$c (let* ((a ((cadr $c))) (b ((caddr $c) (? one - abs square))) (c ((caddr $d) (lambda (x) (- x a)))) (d ((car $c) 1))) (list a b c d))))
(scene assigned
  (define ($f n)
    (let ((x (? one n 0 1.5 'a)) (y 0) (l '()))
      (do ((i 0 (+ i 1))) ((= i n) (list x y l))
        (if (odd? i) (set! x i) (set! y (+ y i)))
        (for-each (lambda (z) (set! y (clamp (? int (z int) (y int) (i int)))) (if (> z i) (set! l (short (cons z l))))) '(1 2 3)))))
  (out '$f (list ($f (? number 0 7)) ($f 1))))
(scene procedures-as-values
  (with (a (? number -9 20)) (b (? number 1 9)))
  (define $ops (vector (?@ sample 4 + - * max min list (lambda (a b) (- b a)) (lambda all (length all)) cons quotient < =)))
  (define ($compose f g) (lambda all (f (apply g all))))
  (define ($twice f) ($compose f f))
  (define ($pick i) (if (even? i) (vector-ref $ops 0) (vector-ref $ops (modulo i 4))))
  (out '$ops (map (lambda (i) (($pick i) $a $b)) '(0 1 2 3 4 5)))
  (out '$ops (list (((($twice $twice) $twice) (lambda (x) (clamp (* x $b)))) $a) (($compose - +) $a $b 1) (apply (? one + max - * < list) $a '($b 3)) (map (if (< $a $b) + -) '(1 2 3) '($a $b)))))
(scene many-arguments
  (with (params (? names (? one 5 6 7 8 10 11 12 13 20 31))) (some (? some $params)) (few (? numbers 1 9 $some)) (args (? numbers -9 30 $params)) (long (? one 7 12 64 255 256 300 1000)))
  (define ($f $@params) (list (? member $params) (- (? member $params) (? member $params)) (+ $@params)))
  (define ($g $@some . rest) (list (length rest) (apply + rest) $@some))
  (define ($h . all) (if (null? all) 'none (list (length all) (car all) (apply max all))))
  (define $c (case-lambda (() 'zero) ((a) (list 'one a)) ((a b c d e f g) (list 'seven g)) ((a b . r) (list 'more (length r) b))))
  (out '$f (list ($f $@args) (apply $f '($@args)) (apply $f (list $@args)) ((lambda () ($f $@args)))))
  (out '$g (list (apply $g $@few (iota* $long)) (apply $g $@few '()) ($h $@args) (apply $h (iota* $long)) ($h)))
  (out '$c (list ($c) ($c 1) ($c 1 2) ($c 1 2 3 4 5 6 7) ($c 1 2 3 4 5 6 7 8) (apply $c (iota* $long)) (apply $c 1 '())))
  (out '$h (list (apply + (iota* $long)) (apply < (iota* $long)) (length (apply list (iota* $long))) (apply max 1.5 (iota* 20)) (string-length (apply string-append (map number->string (iota* $long))))))
  (out '$f (call-with-values (lambda () (apply values '($@args))) $f))
  (out '$f (call-with-values (lambda () (apply values (iota* $long))) (lambda (a b . r) (list b (length r))))))
;; A loop across calls that are no tail calls, with invariants, and arguments of different kinds to unknown procedures.
(scene loops-with-calls
  (define ($apply f a b c d e g h) (f a b c d e g h))
  (define ($f n g x)
    (let loop ((i 0) (x x) (l '()))
      (if (< i n)
          (let* ((y (g i x)) (z (clamp-flonum (+ x 1.5))))
            (loop (+ i 1) z (if (? bool (i int) (y int) (x flo)) (short (cons y l)) l)))
          (list x l n))))
  (out '$f (list ($f (? number 0 9) (lambda (i x) (? int (i int) (x flo))) (? flonum)) ($f 3 (lambda (i x) (+ i (whole x))) (? flo1))
                 ($apply (lambda (a b c d e f g) (list g f e d c b a)) 1 2.5 'c "d" #\e '() (? num1)))))
;; Library procedures of several lists, vectors and strings, of different lengths.
(scene several-lists
  (with (a (? ints -9 20 0 9)) (b (? ints -9 20 0 9)) (s (? constant str)) (t (? constant str)) (op (? one + - * max list cons)))
  (out 'several (list (map $op (list $@a) (list $@b)) (map (lambda (x y z) (list z y x)) (list $@a) (list $@b) '(p q r s)) (map + '(1 2) (list $@a) (list 5 6 7 8))))
  (for-each (lambda (x y) (note (- x y))) (list $@a) (list $@b))
  (out 'vector-map (list (vector-map $op (vector $@a) (vector $@b)) (vector-map (lambda (x) (? int (x int))) (vector $@b))))
  (vector-for-each (lambda (x y) (note (list x y))) (vector $@a) (vector $@b))
  (out 'string-map (string-map (lambda (a b) (if (char<? a b) a b)) $s $t))
  (string-for-each (lambda (a b) (note (char->integer (if (char<? a b) b a)))) $s $t)
  (out 'assoc (list (assoc 2.0 '((1 one) (2 two)) =) (member $s '("b" "cx" $s) string=?) (assoc '(1) '(((1) . x))) (assv (? number 0 3) '((1 . a) (2 . b))) (memq 'c '(a b c d)) (member '(1 2) '((1) (1 2) 3))))
  (out 'append (list (append) (append '(1)) (append (list $@a) 'tail) (append '() '(1) (list $@b) '(2)) (list-tail '(1 2 3 4) (? number 0 4)) (apply map list '((1 2) (3 4))))))
(scene tail-calls
  (define ($count n k) (cond ((= n 0) k) ((even? n) (and #t ($count (- n 1) (+ k 1)))) (else (or #f (when #t (case n ((-1) 0) (else (apply $count (list (- n 1) k)))))))))
  (define ($cps n k) (if (= n 0) (k 0) ($cps (- n 1) (lambda (x) (k (+ x (? one 1 n 0.5)))))))
  (out '$count (list ($count (? one 10 10000) 0) ($cps (? one 5 5000) (lambda (x) x)) (let loop ((i 0)) (if (< i 5000) (call-with-values (lambda () (values i 1)) (lambda (a b) (loop (+ a b)))) i)))))
(scene sorting
  (define ($merge a b less?) (cond ((null? a) b) ((null? b) a) ((less? (car b) (car a)) (cons (car b) ($merge a (cdr b) less?))) (else (cons (car a) ($merge (cdr a) b less?)))))
  (define ($sort l less?)
    (if (or (null? l) (null? (cdr l)))
        l
        (let split ((l l) (a '()) (b '())) (if (null? l) ($merge ($sort a less?) ($sort b less?) less?) (split (cdr l) b (cons (car l) a))))))
  (out '$sort (list ($sort (list (?@ ints -20 30 0 20)) <) ($sort (map inexact (list (?@ ints -20 30 0 9))) >) ($sort (map number->string (list (?@ ints -20 30 0 9))) string<?)
                    ($sort (list (?@ ints -20 30 0 9)) (lambda (x y) (< (? int1 (x int)) (? int1 (y int))))))))
(scene puzzles
  (define ($queens n)
    (let place ((row 0) (others '()))
      (if (= row n)
          1
          (let try ((c 0) (s 0))
            (if (= c n)
                s
                (try (+ c 1)
                     (if (let safe ((o others) (d 1)) (or (null? o) (and (not (= (car o) c)) (not (= (abs (- (car o) c)) d)) (safe (cdr o) (+ d 1)))))
                         (+ s (place (+ row 1) (cons c others)))
                         s)))))))
  (define ($sieve n)
    (let ((v (make-vector (+ n 1) #t)))
      (let loop ((i 2) (r '()))
        (cond ((> i n) (reverse r))
              ((vector-ref v i) (do ((j (* i i) (+ j i))) ((> j n)) (vector-set! v j #f)) (loop (+ i 1) (cons i r)))
              (else (loop (+ i 1) r))))))
  (define ($collatz n) (let loop ((n n) (steps 0)) (cond ((= n 1) steps) ((even? n) (loop (quotient n 2) (+ steps 1))) (else (loop (+ 1 (* 3 n)) (+ steps 1))))))
  (define ($permute l) (if (null? l) '(()) (apply append (map (lambda (x) (map (lambda (p) (cons x p)) ($permute (keep-if (lambda (y) (not (eqv? x y))) l)))) l))))
  (out '$queens (list ($queens (? number 1 6)) ($sieve (? number 2 60)) ($collatz (? number 1 1000)) ($permute '(1 2 (? number 3 9))))))
(scene evaluator
  (with (n (? number 0 9)))
  (define ($eval e env)
    (cond
      ((symbol? e) (cdr (assq e env)))
      ((not (pair? e)) e)
      (else
        (case (car e)
          ((quote) (cadr e))
          ((if) (if ($eval (cadr e) env) ($eval (caddr e) env) ($eval (cadddr e) env)))
          ((fun) (lambda args ($eval (caddr e) (append (map cons (cadr e) args) env))))
          ((rec) (let* ((p (cons (cadr e) #f)) (env (cons p env))) (set-cdr! p ($eval (caddr e) env)) ($eval (cadddr e) env)))
          (else (apply ($eval (car e) env) (map (lambda (e) ($eval e env)) (cdr e))))))))
  (out '$eval (let ((env (list (cons '+ +) (cons '- -) (cons '* *) (cons '< <) (cons 'cons cons))))
    (map (lambda (e) ($eval e env))
         '((+ $n 1) ((fun (x y) (* x (- y x))) $n 5) (rec f (fun (n) (if (< n 2) 1 (* n (f (- n 1))))) (f $n)) (rec l (fun (n) (if (< n 1) '() (cons (* n 1.5) (l (- n 1))))) (l $n)))))))

;; Data -----------------------------------------------------------------------------------------------------------------

(scene records
  (define-record-type $point ($make a b) $is? (a $x $set-x!) (b $y))
  (define-record-type $other ($make-other a) $other? (a $other-a))
  (define ($sum l) (let loop ((l l) (s 0)) (cond ((null? l) s) (($is? (car l)) (loop (cdr l) (clamp-number (+ s (- ($x (car l)) ($y (car l))))))) (else (loop (cdr l) (+ s 1))))))
  (define $points (map (lambda (a b) ($make a (? int (a int) (b int)))) '((?@ ints -9 20 1 6)) '((?@ ints -9 20 1 6))))
  (for-each (lambda (p) (if (< ($x p) (? number -5 15)) ($set-x! p (+ ($y p) (? one 1 0.5 1/3 1152921504606846975))))) $points)
  (out '$point (list ($sum $points) ($sum (cons 5 (cons ($make-other 1) $points))) (map $x $points) (map $is? (list 1 'a "s" '() #\a ($make-other 2) ($make 1 2))) ($other-a ($make-other 'z))))
  (out '$point (let* ((p ($make 1 2)) (q p) (r ($make 1 2))) ($set-x! q 10) (list ($x p) ($x r) (eq? p q) (eqv? p r) ($other? p)))))
(scene record-trees
  (define-record-type $node ($make left key right) $node? (left $left $set-left!) (key $key) (right $right $set-right!))
  (define ($insert! t k)
    (cond ((not t) ($make #f k #f))
          ((< k ($key t)) ($set-left! t ($insert! ($left t) k)) t)
          ((< ($key t) k) ($set-right! t ($insert! ($right t) k)) t)
          (else t)))
  (define ($walk t r) (if t ($walk ($left t) (cons ($key t) ($walk ($right t) r))) r))
  (define $t (let loop ((l (list (?@ ints -50 50 0 20))) (t #f)) (if (null? l) t (loop (cdr l) ($insert! t (car l))))))
  (out '$node ($walk $t '()))
  (out '$node (let depth ((t $t)) (if t (+ 1 (max (depth ($left t)) (depth ($right t)))) 0))))
;; Mutation of pairs that are reached by more than one way.
(scene shared-structure
  (with (i (? number 0 3)))
  (define $l (list (?@ ints -9 20 4 9)))
  (define $tail (list-tail $l $i))
  (define $both (list $l $tail $l))
  (set-car! $tail (? one 'x 1.5 (list 1)))
  (out '$l (list $l $both (eq? (car $both) (caddr $both)) (eq? (list-tail $l $i) $tail)))
  (define ($reverse! l) (let loop ((l l) (r '())) (if (null? l) r (let ((next (cdr l))) (set-cdr! l r) (loop next l)))))
  (out '$l (let* ((c (list-copy $l)) (r ($reverse! c))) (list r c $l)))
  (define $queue (let ((p (list 'head))) (cons p p)))
  (define ($push! x) (let ((p (list x))) (set-cdr! (cdr $queue) p) (set-cdr! $queue p)))
  (for-each $push! (list (?@ ints 0 9 0 6)))
  (out '$queue (list (cdar $queue) (cdr $queue)))
  (define $walk (let* ((c (list 1 2 3)) (end (cddr c))) (set-cdr! end c) (let loop ((c c) (n (? number 0 12)) (s '())) (if (= n 0) s (loop (cdr c) (- n 1) (cons (car c) s))))))
  (list-set! $l (? number 0 3) 'set)
  (out '$walk (list $walk $l $both))
  (out '$l (let* ((p (cons 1 2)) (q (vector p p))) (set-car! (vector-ref q 0) q) (set-cdr! p 'd) (list (eq? (car p) q) (cdr (vector-ref q 1))))))
(scene vectors
  (define $v (vector (?@ ints -9 30 4 12)))
  (define ($swap! v i j) (let ((t (vector-ref v i))) (vector-set! v i (vector-ref v j)) (vector-set! v j t)))
  (define ($sort! v) (do ((i 1 (+ i 1))) ((>= i (vector-length v)) v) (let loop ((j i)) (when (and (> j 0) (< (vector-ref v j) (vector-ref v (- j 1)))) ($swap! v j (- j 1)) (loop (- j 1))))))
  (define $w (vector-copy $v))
  ($swap! $v 0 (? number 0 3))
  (vector-copy! $v (? number 0 1) $v (? number 0 2) (? number 2 3))
  (out '$v (list $v $w ($sort! (vector-copy $w)) (vector->list $v 1) (vector->list $v 1 3) (vector-append $v '#(a) (vector-copy $w 2))))
  (vector-fill! $w (? one 'z 0 1.5) (? number 0 1) (? number 1 4))
  (out '$w (list $w (vector-length (make-vector (? number 0 9) 'a)) (string->vector "abc") (vector->string '#(#\x #\y)) (list->vector (map (lambda (x) (* x x)) '(1 2 3)))))
  (out '$w (let ((m (vector (make-vector 2 0) (make-vector 2 1)))) (vector-set! (vector-ref m 0) 1 (? flo)) (vector-set! (vector-ref m 1) 0 (? num)) m)))
(scene matrices
  (with (n (? number 1 4)))
  (define ($make f) (let ((m (make-vector $n 0))) (do ((i 0 (+ i 1))) ((= i $n) m) (vector-set! m i (make-vector $n 0)) (do ((j 0 (+ j 1))) ((= j $n)) (vector-set! (vector-ref m i) j (f i j))))))
  (define ($times a b)
    ($make (lambda (i j) (let loop ((k 0) (s (? one 0 0.0))) (if (= k $n) s (loop (+ k 1) (clamp-number (+ s (* (vector-ref (vector-ref a i) k) (vector-ref (vector-ref b k) j))))))))))
  (define $m ($make (lambda (i j) (+ 1 (abs (clamp-number (? num (i int) (j int))))))))
  (out '$m ($times $m ($make (lambda (i j) (if (= i j) (? one 2 1.5 1/2) 1)))))
  (out '$m ($times ($times $m $m) $m)))
(scene strings
  
  (define $s (string-append "abcde" (? constant str)))
  (define $t (string-copy $s))
  (string-set! $t (? number 0 4) (? constant char))
  (string-copy! $t (? number 0 1) $t (? number 0 2) (? number 2 4))
  (out '$s (list $s $t (string-copy $s 1) (string-copy $s 1 3) (string->list $s 2) (string->list $s 1 3) (substring $s 1 4) (string-upcase $s) (string-downcase $t)))
  (string-fill! $t #\* (? number 0 2) (? number 2 5))
  (out '$t (list $t (string<? $s $t "z") (string=? $t (string-copy $t)) (string<? "a" "ab" "b") (string>=? $s $s $s) (string-append) (string-append $s "" $t) (string #\a #\b) (make-string 3 #\z)))
  (out '$t (let loop ((i 0) (vowels 0)) (if (= i (string-length $s)) vowels (loop (+ i 1) (case (string-ref $s i) ((#\a #\e #\i #\o #\u) (+ vowels 1)) (else vowels)))))))
(scene string-ports
  (define ($split s)
    (let ((p (open-input-string s)))
      (let loop ((word '()) (words '()))
        (let* ((c (read-char p)) (done (lambda () (if (null? word) words (cons (list->string (reverse word)) words)))))
          (cond ((eof-object? c) (reverse (done))) ((char=? c #\space) (loop '() (done))) (else (loop (cons c word) words)))))))
  (out '$split (list ($split " one two  three ") ($split (? str))))
  (define $port (open-output-string))
  (for-each (lambda (x) (write x $port) (write-char #\, $port) (display x $port) (newline $port)) (list (? int) (? sym) "q\"\\" #\a (? list) (? rat) '(a "b" #\c)))
  (write-string "abcdef" $port 1 3)
  (out '$port (get-output-string $port))
  (define $in (open-input-string (string-append "line 1\nline 2\n\n" (? constant str))))
  (out '$in (let* ((a (peek-char $in)) (b (read-char $in)) (c (char-ready? $in)) (d (read-line $in)) (e (read-string (? number 1 9) $in)) (f (read-line $in)) (g (read-line $in)) (h (read-line $in)) (i (read-char $in)))
    (list a b c d e (if (eof-object? f) 'eof f) (if (eof-object? g) 'eof g) (if (eof-object? h) 'eof h) (if (eof-object? i) 'eof i)))))
(scene bytes
  (define $b (bytevector (?@ ints 0 255 4 9)))
  (define $c (bytevector-copy $b))
  (bytevector-u8-set! $c (? number 0 3) (modulo (? int) 256))
  (bytevector-copy! $c (? number 0 1) $b (? number 0 1) (? number 1 3))
  (out '$b (list $b $c (bytevector-append $b $c (bytevector)) (bytevector-copy $b 1) (bytevector-copy $b 1 3) (equal? $b $c) (bytevector-length (make-bytevector 5 1)) (bytevector? $b) (vector? $b)))
  (out '$b (do ((i 0 (+ i 1)) (h 5381 (modulo (+ (* h 33) (bytevector-u8-ref $b i)) (? one 65536 4294967296 1152921504606846976 2305843009213693951)))) ((= i 4) h)))
  (bytevector-copy! $c 1 $c 0 3)
  (out '$c (list $c (utf8->string (bytevector 97 98 99)) (string->utf8 "xyz") (utf8->string (bytevector 97 98 99 100) 1 3))))
;; Gambit maps the case of ASCII alone: run.py leaves it out of programs with the first of these.
(scene unicode
  (define $l (map (lambda (i) (integer->char (+ i (? one 192 224 913 945 1040 1072)))) (iota* 25)))
  (out 'unicode (list (map char-upcase $l) (map char-downcase $l) (map char-alphabetic? $l) (string-ci=? (list->string $l) (list->string (map char-upcase $l))))))
(scene characters
  (define $l (map (lambda (i) (integer->char (+ i (? one 40 65 97)))) (iota* 25)))
  (out 'chars (list (map char-upcase $l) (map char-downcase $l) (map char-alphabetic? $l)))
  (out 'chars (map (lambda (c) (list (char-numeric? c) (char-whitespace? c) (char<? c #\m) (digit-value c))) '(#\a #\0 #\9 #\space #\Z #\( #\newline)))
  (out 'chars (list (char<? #\a #\b #\c) (char>? #\a #\b) (char=? #\a #\a #\b) (char-ci=? #\a #\A) (string-ci=? "aBc" "AbC") (char->integer #\A) (list->string $l))))
(scene quasiquotes
  (with (x (? int1)) (l (? list)))
  (out 'quasi (let ((x $x) (l $l)) (list `(a ,x ,@l) `(,@l) `(,@l . tail) `#(1 ,x ,@l) `((,x . ,l) b) `(1 (2 ,(* 3 x) ,@(map - l)) ,@'(4 5)) `x))))
(scene equality
  (define $a (list 1 2.5 "s" #\c 'd (vector 1 (list 2 "t")) (bytevector 1 2) 100000000000000000000))
  (define $b (list 1 2.5 (string #\s) #\c 'd (vector 1 (list 2 "t")) (bytevector 1 2) (* 10000000000 10000000000)))
  (out 'equal (list (equal? $a $b) (map equal? $a $b) (map eqv? '(1 2.5 1/2 100000000000000000000 a #\a 1 "" (1)) (list 1 2.5 1/2 (* 10000000000 10000000000) 'a #\a 1.0 'x '(1))) (eqv? (? int) (? int)) (equal? (? num) (? num)))))

;; Control --------------------------------------------------------------------------------------------------------------

;; A generator by re-entry: the walk of a tree and its consumer take turns.
(scene generators
  (define ($generator walk)
    (define return #f)
    (define (next) (walk (lambda (x) (call/cc (lambda (rest) (set! next (lambda () (rest #f))) (return x))))) (return 'done))
    (lambda () (call/cc (lambda (k) (set! return k) (next)))))
  (define ($each t) (lambda (f) (let walk ((t t)) (cond ((pair? t) (walk (car t)) (walk (cdr t))) ((null? t) #f) (else (f t))))))
  (define ($same a b) (let* ((f ($generator ($each a))) (g ($generator ($each b)))) (let loop ((n 0)) (let* ((x (f)) (y (g))) (note x) (cond ((not (eqv? x y)) (list n x y)) ((eq? x 'done) n) (else (loop (+ n 1))))))))
  (out '$same (let* ((a ($same '(1 (2 3) . 4) '((1 2) 3 4))) (b ($same '((?@ ints 0 1 1 6)) '(((?@ ints 0 1 1 3)) 1 0 1)))) (list a b))))
;; Search by continuations that try again.
(scene choices
  (define $stack '())
  (define $give-up #f)
  (define ($fail) (if (null? $stack) ($give-up 'none) (let ((k (car $stack))) (set! $stack (cdr $stack)) (k #f))))
  (define ($choose l) (call/cc (lambda (return) (for-each (lambda (x) (call/cc (lambda (again) (set! $stack (cons again $stack)) (return x)))) l) ($fail))))
  (define ($solve)
    (let* ((a ($choose '(1 2 3 4))) (b ($choose (list (?@ ints 1 9 1 4)))) (c ($choose (iota* 5))))
      (if (= (+ a b) (+ c (? number 1 9))) (list a b c) ($fail))))
  (out '$solve (call/cc (lambda (k) (set! $give-up k) ($solve)))))
(scene re-entry
  (define $k #f)
  (define $count 0)
  (define $seen '())
  (let* ((x (+ 100 (call/cc (lambda (k) (set! $k k) 1)))) (y (* x 2)))
    (set! $seen (cons (list x y $count) $seen))
    (set! $count (+ $count 1))
    (if (< $count (? number 1 5)) ($k (? int1 (x int)))))
  (out '$k (reverse $seen))
  (define ($loop n) (let ((i 0) (k #f) (l '())) (call/cc (lambda (c) (set! k c))) (set! i (+ i 1)) (set! l (cons (* i i) l)) (if (< i n) (k #f) (list i l))))
  (out '$k ($loop (? number 1 9)))
  (for-each (lambda (x) (call/cc (lambda (next) (if (odd? x) (next #f)) (note x)))) (list (?@ ints 0 9 0 8))))
(scene escapes
  (define ($find ok? l) (call/cc (lambda (return) (for-each (lambda (x) (if (ok? x) (return (list 'found x)))) l) 'none)))
  (define ($product l) (call/cc (lambda (return) (let loop ((l l)) (cond ((null? l) 1) ((= 0 (car l)) (return 'zero)) (else (* (car l) (loop (cdr l)))))))))
  (define ($nested n) (let outer ((i 0) (s 0)) (if (= i n) s (outer (+ i 1) (+ s (call/cc (lambda (break) (let inner ((j 0)) (cond ((= j n) 1) ((> (* i j) (? number 0 20)) (break j)) (else (inner (+ j 1))))))))))))
  (out '$find (list ($find (lambda (x) (? bool (x int))) '((?@ ints -9 20 0 9))) ($product '((?@ ints 0 9 0 6))) ($product '(1.5 2 1/3)) ($nested (? number 0 9)))))
;; Winds under escapes and re-entry.
(scene winds
  (define $k #f)
  (define $times 0)
  (define ($wound name thunk) (dynamic-wind (lambda () (note (list 'in name))) thunk (lambda () (note (list 'out name)))))
  (out 'wound (let* ((x ($wound 1 (lambda () (let* ((a (call/cc (lambda (k) (set! $k k) 0))) (b ($wound 2 (lambda () (if (? bool (a int)) (call/cc (lambda (k) ($wound 3 (lambda () (k a))))) a))))) (+ a b))))))
    (set! $times (+ $times 1))
    (if (< $times (? number 1 3)) ($wound 4 (lambda () ($k $times))) (list x $times))))
  (out 'wound (call/cc (lambda (leave) ($wound 5 (lambda () ($wound 6 (lambda () (if (? bool) (leave 'left) 'stayed))))))))
  (out 'notes notes))
(scene wound-errors
  (define ($wound name thunk) (dynamic-wind (lambda () (note (list 'in name))) thunk (lambda () (note (list 'out name)))))
  (out 'guard (guard (e (#t (note 'handling) (list 'caught e))) ($wound 1 (lambda () ($wound 2 (lambda () (if (? bool) (raise 'oops) 'fine)))))))
  (out 'guard (guard (e ((symbol? e) (list 'outer e))) (guard (e ((number? e) (list 'inner e))) (raise (? one 'a 1 2.5)))))
  (out 'guard (guard (e ((assq 'a e) => cdr) ((assq 'b e))) (raise (list (cons (? one 'a 'b) (? int1))))))
  (out 'notes notes))
(scene handlers
  (define ($safe thunk) (call/cc (lambda (k) (with-exception-handler (lambda (e) (k (list 'handled (if (error-object? e) (list (error-object-message e) (error-object-irritants e)) e)))) thunk))))
  (define ($check x) (cond ((< x 0) (error "negative:" x 'here)) ((> x 100) (raise x)) ((= x 50) (raise-continuable 'fifty)) (else (* 2 x))))
  (out '$safe (map (lambda (x) ($safe (lambda () (+ 1 ($check x))))) (list (? int1) -5 7 101 (? number -200 200) 50)))
  (out '$safe (with-exception-handler (lambda (e) (note e) (? int1)) (lambda () (let* ((x (raise-continuable 'c)) (y (raise-continuable 'd))) (list x y)))))
  (out '$safe (with-exception-handler
    (lambda (e) (list 'outer e))
    (lambda () (with-exception-handler (lambda (e) (list 'inner e (raise-continuable 'again))) (lambda () (cons 'got (raise-continuable 'first)))))))
  (out '$safe (guard (e ((string? e) (list 'string e)) ((error-object? e) (list 'error (error-object-message e) (error-object-irritants e))) (else (list 'other e)))
    (let ((x (? int))) (if (even? x) (error "even" x "text" #\c) (raise (if (? bool) "s" x)))))))
(scene handled-loops
  (define ($f l) (let loop ((l l) (good '()) (bad '())) (if (null? l) (list good bad) (let* ((r (guard (e (#t (list 'bad e))) (let ((x (car l))) (if (? bool (x int)) (raise x) (list 'good (? int (x int)))))))) (if (eq? (car r) 'bad) (loop (cdr l) good (cons (cadr r) bad)) (loop (cdr l) (cons (cadr r) good) bad))))))
  (out '$f ($f '((?@ ints -9 30 0 9)))))
(scene parameters
  (define $p (make-parameter (? int1)))
  (define $q (make-parameter -5 abs))
  (define ($read) (list ($p) ($q)))
  (out '$p (list ($read) (parameterize (($p 'a) ($q -7)) (let* ((x ($read)) (y (parameterize (($p (car x))) ($read)))) (list x y ($read)))) ($read)))
  (out '$p (list (call/cc (lambda (k) (parameterize (($p 'gone)) (k ($read))))) ($read) (guard (e (#t (list e ($read)))) (parameterize (($q (? int1))) (raise ($q)))) (map (lambda (x) (parameterize (($p x)) (car ($read)))) '(1 2 3)))))
(scene promises
  (define $count 0)
  (define $p (delay (begin (set! $count (+ $count 1)) (? int))))
  (define ($from n) (cons n (delay ($from (+ n (? one 1 3))))))
  (define ($filter ok? s) (if (ok? (car s)) (cons (car s) (delay ($filter ok? (force (cdr s))))) ($filter ok? (force (cdr s)))))
  (define ($take n s) (if (= n 0) '() (cons (car s) ($take (- n 1) (force (cdr s))))))
  (out '$p (let* ((a (force $p)) (b (force $p))) (list a (= a b) $count (force (make-promise 5)) (force (delay-force (delay 'x))) ($take (? number 0 9) ($filter (? one odd? even? (lambda (x) (> x 5))) ($from 0)))))))
(scene several-values
  (define ($f x) (if (? bool (x int)) (values x (+ x 1) (* x 2)) (values 'a x "c")))
  (define ($g x) (call-with-values (lambda () ($f x)) (lambda (a . r) (cons r a))))
  (out '$f (list ($g (? int1)) ($g 2) (let-values (((a b c) ($f 5)) ((d . e) ($f 6)) (g (values))) (list a b c d e g)) (let*-values (((a b) (values 1 2)) ((c) (values (+ a b)))) (list a b c))
                 (call-with-values (lambda () (call/cc (lambda (k) (k 1 2)))) list) (call-with-values values list) (+ 1 (values 2)) (call-with-values (lambda () (dynamic-wind (lambda () #f) (lambda () (values 1 2)) (lambda () #f))) cons))))
(scene coroutines
  (define $tasks '())
  (define ($add! thunk) (set! $tasks (append $tasks (list thunk))))
  (define ($yield) (call/cc (lambda (k) ($add! (lambda () (k #f))) ($next))))
  (define $exit #f)
  (define ($next) (if (null? $tasks) ($exit 'all) (let ((t (car $tasks))) (set! $tasks (cdr $tasks)) (t))))
  (define ($worker name n) (lambda () (let loop ((i 0)) (if (< i n) (begin (note (cons name i)) ($yield) (loop (+ i 1))) ($next)))))
  ($add! ($worker 'a (? number 0 4)))
  ($add! ($worker 'b (? number 0 4)))
  ($add! ($worker 'c (? number 0 4)))
  (out '$tasks (call/cc (lambda (k) (set! $exit k) ($next)))))

;; Macros. Gambit's interpreter has no syntax-rules: run.py leaves it out where a program defines syntax. -----------------

(scene macros
  (define-syntax $swap! (syntax-rules () ((_ a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
  (define-syntax $while (syntax-rules () ((_ test body ...) (let loop () (when test body ... (loop))))))
  (define-syntax $or (syntax-rules () ((_) #f) ((_ e) e) ((_ e r ...) (let ((t e)) (if t t ($or r ...))))))
  (define-syntax $let (syntax-rules () ((_ ((n v) ...) b ...) ((lambda (n ...) b ...) v ...)) ((_ (((n v) ...) ...) b ...) (list (list (cons 'n v) ...) ... (begin b ...)))))
  (define-syntax $for (syntax-rules (in from to) ((_ x in l b ...) (for-each (lambda (x) b ...) l)) ((_ x from a to z b ...) (do ((x a (+ x 1))) ((> x z)) b ...))))
  (out '$swap! (let* ((tmp (? int1)) (other (? flo1))) ($swap! tmp other) (list tmp other (let ((t 5) (if list)) ($or #f t)))))
  (out '$while (let ((i 0) (s '())) ($while (< i (? number 0 6)) (set! s (cons (? int (i int)) s)) (set! i (+ i 1))) s))
  ($for x in (list (?@ ints 0 9 0 5)) (note x))
  ($for y from 1 to (? number 0 5) (note (* y y)))
  (out '$let (list ($let ((a 1) (b (? int1))) (- a b)) (let loop ((n 3)) (if (= n 0) '() (cons ($or (odd? n) n) (loop (- n 1))))))))
(scene local-macros
  (out 'local (let ((x (? int1)))
    (letrec-syntax ((ev? (syntax-rules () ((_) #t) ((_ a r ...) (od? r ...)))) (od? (syntax-rules () ((_) #f) ((_ a r ...) (ev? r ...)))) (add (syntax-rules () ((_ (a ...) ...) (list (+ x a ...) ...)))))
      (list (ev? 1 2 3) (od? 1 2 3) (add (1 2) () (3)) (let ((x 10)) (add (x)))))))
  (out 'local (let-syntax ((twice (syntax-rules () ((_ e) (let ((v e)) (list v e))))) (my-if (syntax-rules (then else) ((_ c then a else b) (if c a b)))))
    (list (twice (? int)) (my-if (? bool) then 'yes else 'no))))
  (define-syntax $cond (syntax-rules (else) ((_ (else e)) e) ((_ (c e) r ...) (if c e ($cond r ...)))))
  (define ($f x) ($cond ((? bool (x int)) 'one) ((< x 0) 'two) (else (list 'three x))))
  (out '$f (map $f '((?@ ints -9 30 0 6)))))
