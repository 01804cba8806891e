;; Term rewriting by a table of lemmas stored on property lists of symbols, to a normal form, and a tautology checker.
;; slow: every rewriting allocates: minutes
(import (scheme base) (scheme write) (scheme cxr))

;; Property lists.
(define properties '())
(define (lemmas symbol)
  (let ((entry (assq symbol properties)))
    (if entry (cdr entry) '())))
(define (add-lemma! rule)
  (let* ((head (caar rule)) (entry (assq head properties)))
    (if entry
        (set-cdr! entry (append (cdr entry) (list rule)))
        (set! properties (cons (list head rule) properties)))))

(define rules
  '(((implies x y) (if x (if y (t) (f)) (t)))
    ((and x y) (if x (if y (t) (f)) (f)))
    ((or x y) (if x (t) (if y (t) (f))))
    ((not x) (if x (f) (t)))
    ((iff x y) (and (implies x y) (implies y x)))
    ((plus (plus x y) z) (plus x (plus y z)))
    ((plus x (zero)) x)
    ((plus (zero) x) x)
    ((plus (succ x) y) (succ (plus x y)))
    ((times (zero) x) (zero))
    ((times (succ x) y) (plus y (times x y)))
    ((times x (plus y z)) (plus (times x y) (times x z)))
    ((times (times x y) z) (times x (times y z)))
    ((difference x x) (zero))
    ((difference (succ x) (succ y)) (difference x y))
    ((append (append x y) z) (append x (append y z)))
    ((append (nil) x) x)
    ((append (cons x y) z) (cons x (append y z)))
    ((reverse (append x y)) (append (reverse y) (reverse x)))
    ((reverse (nil)) (nil))
    ((reverse (cons x y)) (append (reverse y) (cons x (nil))))
    ((length (cons x y)) (succ (length y)))
    ((length (nil)) (zero))
    ((length (append x y)) (plus (length x) (length y)))
    ((equal x x) (t))
    ((equal (succ x) (succ y)) (equal x y))
    ((equal (cons a x) (cons b y)) (and (equal a b) (equal x y)))
    ((equal (plus a b) (plus a c)) (equal b c))
    ((member a (append b c)) (or (member a b) (member a c)))
    ((member a (cons b c)) (or (equal a b) (member a c)))
    ((member a (nil)) (f))
    ((if (if a b c) d e) (if a (if b d e) (if c d e)))
    ((lessp (zero) (succ x)) (t))
    ((lessp x (zero)) (f))
    ((lessp (succ x) (succ y)) (lessp x y))
    ((power x (zero)) (succ (zero)))
    ((power x (succ y)) (times x (power x y)))))

(for-each add-lemma! rules)

;; Matching: a symbol in a pattern is a variable.
(define bindings '())
(define (matches? pattern term)
  (set! bindings '())
  (match1 pattern term))

(define (match1 pattern term)
  (cond ((symbol? pattern)
         (let ((bound (assq pattern bindings)))
           (if bound
               (equal? (cdr bound) term)
               (begin (set! bindings (cons (cons pattern term) bindings)) #t))))
        ((pair? term)
         (and (eq? (car pattern) (car term))
              (match-list (cdr pattern) (cdr term))))
        (else #f)))

(define (match-list patterns terms)
  (cond ((null? patterns) (null? terms))
        ((null? terms) #f)
        (else (and (match1 (car patterns) (car terms))
                   (match-list (cdr patterns) (cdr terms))))))

(define (substitute bindings pattern)
  (if (symbol? pattern)
      (let ((bound (assq pattern bindings)))
        (if bound (cdr bound) pattern))
      (cons (car pattern) (map (lambda (p) (substitute bindings p)) (cdr pattern)))))

(define rewrites 0)
(define (rewrite term)
  (if (symbol? term)
      term
      (rewrite-with (cons (car term) (map rewrite (cdr term))) (lemmas (car term)))))

(define (rewrite-with term rules)
  (cond ((null? rules) term)
        ((matches? (caar rules) term)
         (set! rewrites (+ rewrites 1))
         (rewrite (substitute bindings (cadar rules))))
        (else (rewrite-with term (cdr rules)))))

(define (tautology? x true false)
  (cond ((or (equal? x '(t)) (member x true)) #t)
        ((or (equal? x '(f)) (member x false)) #f)
        ((symbol? x) #f)
        ((eq? (car x) 'if)
         (cond ((or (equal? (cadr x) '(t)) (member (cadr x) true)) (tautology? (caddr x) true false))
               ((or (equal? (cadr x) '(f)) (member (cadr x) false)) (tautology? (cadddr x) true false))
               (else (and (tautology? (caddr x) (cons (cadr x) true) false)
                          (tautology? (cadddr x) true (cons (cadr x) false))))))
        (else #f)))

(define (prove term) (tautology? (rewrite term) '() '()))

(define (numeral n) (if (= n 0) '(zero) `(succ ,(numeral (- n 1)))))
(define (items l) (if (null? l) '(nil) `(cons ,(car l) ,(items (cdr l)))))

(define theorems
  `((implies (and (implies p q) (and (implies q r) (and (implies r s) (implies s u)))) (implies p u))
    (implies (and (or a b) (and (implies a c) (implies b c))) c)
    (equal (reverse (append (append ,(items '(a b)) ,(items '(c))) ,(items '(d e f))))
           (append ,(items '(f e d)) ,(items '(c b a))))
    (equal (length (append ,(items '(a b c)) x)) (plus ,(numeral 3) (length x)))
    (equal (times ,(numeral 6) ,(numeral 7)) ,(numeral 42))
    (equal (power ,(numeral 2) ,(numeral 5)) ,(numeral 32))
    (iff (member x (append ,(items '(a x b)) y)) (t))
    (implies p q)
    (iff (not (and a b)) (or (not a) (not b)))
    (lessp ,(numeral 5) (plus ,(numeral 3) ,(numeral 3)))))

(for-each (lambda (th) (write (prove th)) (newline)) theorems)
(write rewrites) (newline)
(write (rewrite `(reverse ,(items '(a b c))))) (newline)

;; output: #t
;; output: #t
;; output: #t
;; output: #t
;; output: #t
;; output: #t
;; output: #t
;; output: #f
;; output: #t
;; output: #t
;; output: 1698
;; output: (cons c (cons b (cons a (nil))))
