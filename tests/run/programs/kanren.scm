;; Relational programming: microKanren with interleaving streams, and macros for its surface.
;; slow: streams of closures all the way: seconds
(import (scheme base) (scheme write))

(define-record-type lvar (make-lvar id) lvar? (id lvar-id))

(define (walk term s)
  (if (lvar? term)
      (let ((found (assq term s)))
        (if found (walk (cdr found) s) term))
      term))

(define (occurs? v term s)
  (let ((term (walk term s)))
    (cond ((lvar? term) (eq? v term))
          ((pair? term) (or (occurs? v (car term) s) (occurs? v (cdr term) s)))
          (else #f))))

(define (unify a b s)
  (let ((a (walk a s)) (b (walk b s)))
    (cond ((eq? a b) s)
          ((lvar? a) (if (occurs? a b s) #f (cons (cons a b) s)))
          ((lvar? b) (if (occurs? b a s) #f (cons (cons b a) s)))
          ((and (pair? a) (pair? b))
           (let ((s (unify (car a) (car b) s)))
             (and s (unify (cdr a) (cdr b) s))))
          ((equal? a b) s)
          (else #f))))

;; A state is (substitution . next id); a stream is (), a procedure, or (state . stream).

(define (== a b)
  (lambda (state)
    (let ((s (unify a b (car state))))
      (if s (list (cons s (cdr state))) '()))))

(define (call/fresh f)
  (lambda (state)
    ((f (make-lvar (cdr state))) (cons (car state) (+ (cdr state) 1)))))

(define (mplus a b)
  (cond ((null? a) b)
        ((procedure? a) (lambda () (mplus b (a))))
        (else (cons (car a) (mplus (cdr a) b)))))

(define (bind stream goal)
  (cond ((null? stream) '())
        ((procedure? stream) (lambda () (bind (stream) goal)))
        (else (mplus (goal (car stream)) (bind (cdr stream) goal)))))

(define (disj a b) (lambda (state) (mplus (a state) (b state))))
(define (conj a b) (lambda (state) (bind (a state) b)))

(define-syntax zzz
  (syntax-rules () ((_ goal) (lambda (state) (lambda () (goal state))))))

(define-syntax conj+
  (syntax-rules ()
    ((_ goal) (zzz goal))
    ((_ goal more ...) (conj (zzz goal) (conj+ more ...)))))

(define-syntax disj+
  (syntax-rules ()
    ((_ goal) (zzz goal))
    ((_ goal more ...) (disj (zzz goal) (disj+ more ...)))))

(define-syntax fresh
  (syntax-rules ()
    ((_ () goal ...) (conj+ goal ...))
    ((_ (x y ...) goal ...) (call/fresh (lambda (x) (fresh (y ...) goal ...))))))

(define-syntax conde
  (syntax-rules ()
    ((_ (goal ...) ...) (disj+ (conj+ goal ...) ...))))

(define-syntax run
  (syntax-rules ()
    ((_ n (q) goal ...)
     (map (lambda (state) (reify (make-lvar-zero state) (car state)))
          (take n ((fresh (q) goal ...) '(() . 0)))))))

;; The query variable is the one that was made first.
(define (make-lvar-zero state)
  (let loop ((s (car state)) (found #f))
    (if (null? s)
        found
        (loop (cdr s) (if (= (lvar-id (caar s)) 0) (caar s) found)))))

(define (pull stream) (if (procedure? stream) (pull (stream)) stream))

(define (take n stream)
  (if (eqv? n 0)
      '()
      (let ((stream (pull stream)))
        (if (null? stream)
            '()
            (cons (car stream) (take (and n (- n 1)) (cdr stream)))))))

(define (reify term s)
  (define names '())
  (let walk* ((term term))
    (let ((term (walk term s)))
      (cond ((lvar? term)
             (let ((known (assq term names)))
               (if known
                   (cdr known)
                   (let ((name (string->symbol (string-append "_." (number->string (length names))))))
                     (set! names (cons (cons term name) names))
                     name))))
            ((pair? term) (let ((a (walk* (car term)))) (cons a (walk* (cdr term)))))
            (else term)))))

(define (appendo a b ab)
  (conde ((== a '()) (== b ab))
         ((fresh (head tail rest)
            (== a (cons head tail))
            (== ab (cons head rest))
            (appendo tail b rest)))))

(define (membero x l)
  (conde ((fresh (tail) (== l (cons x tail))))
         ((fresh (head tail) (== l (cons head tail)) (membero x tail)))))

(define (on-right left right l)
  (conde ((fresh (tail) (== l (cons left (cons right tail)))))
         ((fresh (head tail) (== l (cons head tail)) (on-right left right tail)))))

(define (next-to a b l) (disj+ (on-right a b l) (on-right b a l)))

;; Houses: (nation smoke drink animal colour), in a row of five.
(define (zebra houses)
  (fresh (o1 o2 o3 o4 o5 o6 o7 o8 o9 o10 o11 o12 o13 o14 o15 o16)
    (fresh (p1 p2 p3 p4 p5 p6 p7 p8 p9 p10 p11 p12 p13 p14 p15 p16 p17 p18)
      (fresh (q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12 q13 q14 q15 q16)
        (== houses (list (list 'norwegian o1 o2 o3 o4) o5 (list o6 o7 'milk o8 o9) o10 o11))
        (membero (list 'english o12 o13 o14 'red) houses)
        (on-right (list p1 p2 p3 p4 'ivory) (list p5 p6 'coffee p7 'green) houses)
        (next-to (list 'norwegian o1 o2 o3 o4) (list o15 o16 p8 p9 'blue) houses)
        (membero (list p10 'kools p11 p12 'yellow) houses)
        (membero (list 'spanish p13 p14 'dog p15) houses)
        (membero (list 'ukrainian p16 'tea p17 p18) houses)
        (membero (list q1 'lucky 'juice q2 q3) houses)
        (membero (list 'japanese 'parliament q4 q5 q6) houses)
        (membero (list q7 'oldgold q8 'snails q9) houses)
        (next-to (list q10 q11 q12 'horse q13) (list q14 'kools q15 q16 'yellow) houses)
        (fresh (r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11 r12)
          (next-to (list r1 r2 r3 'fox r4) (list r5 'chesterfields r6 r7 r8) houses)
          (membero (list r9 r10 'water r11 r12) houses)
          (fresh (s1 s2 s3 s4) (membero (list s1 s2 s3 'zebra s4) houses)))))))

(write (run #f (q) (fresh (a b) (appendo a b '(1 2 3)) (== q (list a b)))))
(newline)
(write (run 4 (q) (fresh (a b) (appendo a '(x) b) (== q (list a b)))))
(newline)
(write (run #f (q) (membero q '(a b c)) (membero q '(b c d))))
(newline)
(for-each (lambda (house) (write house) (newline)) (car (run 1 (q) (zebra q))))

;; output: ((() (1 2 3)) ((1) (2 3)) ((1 2) (3)) ((1 2 3) ()))
;; output: ((() (x)) ((_.0) (_.0 x)) ((_.0 _.1) (_.0 _.1 x)) ((_.0 _.1 _.2) (_.0 _.1 _.2 x)))
;; output: (b c)
;; output: (norwegian kools water fox yellow)
;; output: (ukrainian chesterfields tea horse blue)
;; output: (english oldgold milk snails red)
;; output: (spanish lucky juice dog ivory)
;; output: (japanese parliament coffee zebra green)
