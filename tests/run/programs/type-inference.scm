;; Hindley-Milner type inference with let-polymorphism for a small functional language, and its errors.
(import (scheme base) (scheme write) (scheme cxr))

(define-record-type type-variable (make-type-variable id link level) type-variable?
  (id variable-id) (link variable-link set-variable-link!) (level variable-level set-variable-level!))
(define-record-type constructor (make-constructor name arguments) constructor?
  (name constructor-name) (arguments constructor-arguments))
(define-record-type scheme (make-scheme variables body) scheme? (variables scheme-variables) (body scheme-body))

(define next-id 0)
(define level 0)

(define (fresh)
  (set! next-id (+ next-id 1))
  (make-type-variable next-id #f level))

(define integer (make-constructor 'int '()))
(define boolean (make-constructor 'bool '()))
(define (arrow a b) (make-constructor '-> (list a b)))
(define (list-of a) (make-constructor 'list (list a)))
(define (pair-of a b) (make-constructor '* (list a b)))

(define (prune t)
  (if (and (type-variable? t) (variable-link t))
      (let ((end (prune (variable-link t))))
        (set-variable-link! t end)
        end)
      t))

(define (adjust! v t)
  (let ((t (prune t)))
    (cond ((eq? t v) (raise (list 'infinite v)))
          ((type-variable? t)
           (if (> (variable-level t) (variable-level v)) (set-variable-level! t (variable-level v))))
          (else (for-each (lambda (a) (adjust! v a)) (constructor-arguments t))))))

(define (unify! a b)
  (let ((a (prune a)) (b (prune b)))
    (cond ((eq? a b) #t)
          ((type-variable? a) (adjust! a b) (set-variable-link! a b))
          ((type-variable? b) (unify! b a))
          ((and (eq? (constructor-name a) (constructor-name b))
                (= (length (constructor-arguments a)) (length (constructor-arguments b))))
           (for-each unify! (constructor-arguments a) (constructor-arguments b)))
          (else (raise (list 'mismatch a b))))))

(define (generalize t)
  (let ((variables '()))
    (let walk ((t t))
      (let ((t (prune t)))
        (if (type-variable? t)
            (if (and (> (variable-level t) level) (not (memq t variables)))
                (set! variables (cons t variables)))
            (for-each walk (constructor-arguments t)))))
    (make-scheme variables t)))

(define (instantiate s)
  (let ((map* (map (lambda (v) (cons v (fresh))) (scheme-variables s))))
    (let walk ((t (scheme-body s)))
      (let ((t (prune t)))
        (cond ((type-variable? t) (let ((new (assq t map*))) (if new (cdr new) t)))
              ((null? (constructor-arguments t)) t)
              (else (make-constructor (constructor-name t) (map walk (constructor-arguments t)))))))))

(define (infer x env)
  (cond ((and (integer? x) (exact? x)) integer)
        ((boolean? x) boolean)
        ((symbol? x)
         (let ((found (assq x env)))
           (if found (instantiate (cdr found)) (raise (list 'unbound x)))))
        (else
         (case (car x)
           ((fn)
            (let* ((parameters (map (lambda (name) (cons name (fresh))) (cadr x)))
                   (result (infer (caddr x)
                                  (append (map (lambda (p) (cons (car p) (make-scheme '() (cdr p)))) parameters) env))))
              (let fold ((l parameters))
                (if (null? l) result (arrow (cdar l) (fold (cdr l)))))))
           ((let)
            (infer (caddr x) (cons (cons (caadr x) (infer-definition #f (cadr x) env)) env)))
           ((rec)
            (infer (caddr x) (cons (cons (caadr x) (infer-definition #t (cadr x) env)) env)))
           ((if)
            (unify! (infer (cadr x) env) boolean)
            (let ((then (infer (caddr x) env)))
              (unify! then (infer (cadddr x) env))
              then))
           (else
            (let loop ((f (infer (car x) env)) (arguments (cdr x)))
              (if (null? arguments)
                  f
                  (let ((result (fresh)))
                    (unify! f (arrow (infer (car arguments) env) result))
                    (loop result (cdr arguments))))))))))

(define (infer-definition recursive? binding env)
  (set! level (+ level 1))
  (let* ((self (fresh))
         (t (infer (cadr binding)
                   (if recursive? (cons (cons (car binding) (make-scheme '() self)) env) env))))
    (if recursive? (unify! self t))
    (set! level (- level 1))
    (generalize t)))

(define (show t)
  (define names '())
  (define (name-of v)
    (let ((found (assq v names)))
      (if found
          (cdr found)
          (let ((name (string #\' (integer->char (+ 97 (length names))))))
            (set! names (cons (cons v name) names))
            name))))
  (let walk ((t t) (tight? #f))
    (let ((t (prune t)))
      (if (type-variable? t)
          (name-of t)
          (let ((as (constructor-arguments t)))
            (case (constructor-name t)
              ((->) (let* ((a (walk (car as) #t)) (b (walk (cadr as) #f)))
                      (if tight? (string-append "(" a " -> " b ")") (string-append a " -> " b))))
              ((*) (let* ((a (walk (car as) #t)) (b (walk (cadr as) #t))) (string-append "(" a " * " b ")")))
              ((list) (string-append (walk (car as) #t) " list"))
              (else (symbol->string (constructor-name t)))))))))

(define-syntax poly
  (syntax-rules ()
    ((_ (v ...) type) (let ((v (make-type-variable 'v #f 1)) ...) (make-scheme (list v ...) type)))))

(define initial
  (list (cons '+ (poly () (arrow integer (arrow integer integer))))
        (cons '- (poly () (arrow integer (arrow integer integer))))
        (cons '* (poly () (arrow integer (arrow integer integer))))
        (cons '= (poly () (arrow integer (arrow integer boolean))))
        (cons '< (poly () (arrow integer (arrow integer boolean))))
        (cons 'nil (poly (a) (list-of a)))
        (cons 'cons (poly (a) (arrow a (arrow (list-of a) (list-of a)))))
        (cons 'head (poly (a) (arrow (list-of a) a)))
        (cons 'tail (poly (a) (arrow (list-of a) (list-of a))))
        (cons 'null (poly (a) (arrow (list-of a) boolean)))
        (cons 'pair (poly (a b) (arrow a (arrow b (pair-of a b)))))
        (cons 'fst (poly (a b) (arrow (pair-of a b) a)))
        (cons 'snd (poly (a b) (arrow (pair-of a b) b)))))

(define library
  '((rec map (fn (f l) (if (null l) nil (cons (f (head l)) (map f (tail l))))))
    (rec foldr (fn (f z l) (if (null l) z (f (head l) (foldr f z (tail l))))))
    (rec foldl (fn (f z l) (if (null l) z (foldl f (f z (head l)) (tail l)))))
    (let compose (fn (f g x) (f (g x))))
    (let append (fn (a b) (foldr cons b a)))
    (let concat (foldr append nil))
    (rec zip (fn (a b) (if (null a) nil (if (null b) nil (cons (pair (head a) (head b)) (zip (tail a) (tail b)))))))
    (let unzip (fn (l) (pair (map fst l) (map snd l))))
    (rec filter (fn (p l) (if (null l) nil (if (p (head l)) (cons (head l) (filter p (tail l))) (filter p (tail l))))))
    (let sum (foldl + 0))
    (let length (foldl (fn (n x) (+ n 1)) 0))
    (rec range (fn (a b) (if (< a b) (cons a (range (+ a 1) b)) nil)))
    (let flip (fn (f x y) (f y x)))
    (let church (fn (n) (fn (f x) (foldl (fn (a i) (f a)) x (range 0 n)))))
    (let curry (fn (f a b) (f (pair a b))))
    (let uncurry (fn (f p) (f (fst p) (snd p))))
    (rec iterate (fn (n f x) (if (= n 0) nil (cons x (iterate (- n 1) f (f x))))))
    (let k (fn (x y) x))
    (let s (fn (f g x) (f x (g x))))
    (let i (s k k))
    (let twice (fn (f) (compose f f)))
    (let many (twice (twice (twice twice))))
    (let bad1 (fn (x) (x x)))
    (let bad2 (+ 1 (= 1 2)))
    (let bad3 (if 1 2 3))
    (let bad4 (map nothing nil))
    (let value (sum (map (fn (p) (* (fst p) (snd p))) (zip (range 0 10) (iterate 10 (+ 2) 1)))))))

(define (describe-problem p)
  (case (car p)
    ((mismatch) (string-append "cannot unify " (show (cadr p)) " with " (show (caddr p))))
    ((infinite) "infinite type")
    ((unbound) (string-append "unbound " (symbol->string (cadr p))))
    (else "?")))

(define (check show?)
  (let loop ((forms library) (env initial))
    (if (pair? forms)
        (let* ((form (car forms))
               (name (cadr form))
               (type (guard (p ((pair? p)
                                (set! level 0)
                                (if show? (begin (display name) (display ": error: ") (display (describe-problem p)) (newline)))
                                #f))
                       (infer-definition (eq? (car form) 'rec) (cdr form) env))))
          (if (and type show?)
              (begin (display name) (display ": ") (display (show (scheme-body type))) (newline)))
          (loop (cdr forms) (if type (cons (cons name type) env) env))))))

(check #t)
(check #f)
(write next-id)
(newline)

;; output: map: ('a -> 'b) -> 'a list -> 'b list
;; output: foldr: ('a -> 'b -> 'b) -> 'b -> 'a list -> 'b
;; output: foldl: ('a -> 'b -> 'a) -> 'a -> 'b list -> 'a
;; output: compose: ('a -> 'b) -> ('c -> 'a) -> 'c -> 'b
;; output: append: 'a list -> 'a list -> 'a list
;; output: concat: 'a list list -> 'a list
;; output: zip: 'a list -> 'b list -> ('a * 'b) list
;; output: unzip: ('a * 'b) list -> ('a list * 'b list)
;; output: filter: ('a -> bool) -> 'a list -> 'a list
;; output: sum: int list -> int
;; output: length: 'a list -> int
;; output: range: int -> int -> int list
;; output: flip: ('a -> 'b -> 'c) -> 'b -> 'a -> 'c
;; output: church: int -> ('a -> 'a) -> 'a -> 'a
;; output: curry: (('a * 'b) -> 'c) -> 'a -> 'b -> 'c
;; output: uncurry: ('a -> 'b -> 'c) -> ('a * 'b) -> 'c
;; output: iterate: int -> ('a -> 'a) -> 'a -> 'a list
;; output: k: 'a -> 'b -> 'a
;; output: s: ('a -> 'b -> 'c) -> ('a -> 'b) -> 'a -> 'c
;; output: i: 'a -> 'a
;; output: twice: ('a -> 'a) -> 'a -> 'a
;; output: many: ('a -> 'a) -> 'a -> 'a
;; output: bad1: error: infinite type
;; output: bad2: error: cannot unify int with bool
;; output: bad3: error: cannot unify int with bool
;; output: bad4: error: unbound nothing
;; output: value: int
;; output: 582
