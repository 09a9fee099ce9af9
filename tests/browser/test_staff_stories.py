"""The coordinator takes the scores home; the instructor sees what is wrong with an edit while learners go on."""

import csv
import re
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import respond, settled, visit
from tests.browser.serving import Server, begin
from training.core.permission import Role
