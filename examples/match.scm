;; Pattern matching as a macro: `(match x (pattern body …) …)`, written in syntax-rules alone. In a pattern `_` matches anything, `'datum`
;; that datum, `(? test name)` what the test accepts, `(a . b)` a pair, and a name anything, which it is bound to.

(import (scheme base) (scheme write))

(define-syntax match
  (syntax-rules ()
    ((_ expression clause ...)
     (let ((value expression)) (match-clauses value clause ...)))))

(define-syntax match-clauses
  (syntax-rules ()
    ((_ value) (error "match: no clause for" value))
    ((_ value (pattern body ...) clause ...)
     (let ((next (lambda () (match-clauses value clause ...))))
       (match-one value pattern (let () body ...) (next))))))

;; If the value matches, `yes` with the pattern's names bound, else `no`.
(define-syntax match-one
  (syntax-rules (quote ? _)
    ((match-one value _ yes no) yes)
    ((match-one value () yes no) (if (null? value) yes no))
    ((match-one value (quote datum) yes no) (if (equal? value 'datum) yes no))
    ((match-one value (? test name) yes no) (if (test value) (let ((name value)) yes) no))
    ((match-one value (first . rest) yes no)
     (if (pair? value)
         (let ((a (car value)) (d (cdr value)))
           (match-one a first (match-one d rest yes no) no))
         no))
    ((match-one value pattern yes no) (match-atom value pattern yes no))))

;; A name or a constant? A name would bind `probe` to itself, a constant cannot.
(define-syntax match-atom
  (syntax-rules ()
    ((_ value atom yes no)
     (letrec-syntax
         ((name? (syntax-rules ()
                   ((_ atom) (let ((atom value)) yes))
                   ((_ other) (if (equal? value atom) yes no)))))
       (name? probe)))))

;; A calculator for Roman numerals and a simplifier for formulas.
(define (roman->number digits)
  (match digits
    (() 0)
    (('I 'V . rest) (+ 4 (roman->number rest)))
    (('I 'X . rest) (+ 9 (roman->number rest)))
    (('X 'L . rest) (+ 40 (roman->number rest)))
    (('X 'C . rest) (+ 90 (roman->number rest)))
    (('C 'D . rest) (+ 400 (roman->number rest)))
    (('C 'M . rest) (+ 900 (roman->number rest)))
    ((digit . rest)
     (+ (cdr (assv digit '((I . 1) (V . 5) (X . 10) (L . 50) (C . 100) (D . 500) (M . 1000))))
        (roman->number rest)))))

(define (simplify formula)
  (match formula
    (('+ a b)
     (match (list (simplify a) (simplify b))
       (((? number? a) (? number? b)) (+ a b))
       ((0 b) b)
       ((a 0) a)
       ((a b) (if (equal? a b) (simplify `(* 2 ,a)) `(+ ,a ,b)))))
    (('* a b)
     (match (list (simplify a) (simplify b))
       (((? number? a) (? number? b)) (* a b))
       ((0 _) 0)
       ((_ 0) 0)
       ((1 b) b)
       ((a 1) a)
       (((? number? a) ('* (? number? b) c)) `(* ,(* a b) ,c))
       ((a b) `(* ,a ,b))))
    (_ formula)))

(define (show x) (write x) (newline))

(show (roman->number '(M C M L X X X I V)))
(show (simplify '(+ (* 1 x) (* 0 y))))
(show (simplify '(+ (+ x 0) (* x 1))))
(show (simplify '(* 3 (+ (* 2 y) (* 2 y)))))
(show (map (lambda (x)
             (match x
               ((a b . _) (list 'starts-with a b))
               ((? string? s) (string-append s "!"))
               (#\x 'an-x)
               (_ 'else)))
           '((1 2 3) "text" #\x #\y ())))
